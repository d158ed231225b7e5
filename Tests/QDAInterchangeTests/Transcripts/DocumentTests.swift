import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// Documents that are read by more than their words, and documents that are broken.
struct DocumentTests {
  private func read(_ text: String, _ name: String) throws -> Reading<Transcript> {
    try TranscriptReader.read(Array(text.utf8), name: name)
  }

  @Test
  func `tracked changes are taken back where the original is asked for`() throws {
    var options = TranscriptOptions()
    options.trackedChanges = .original
    for file in ["rtf/input.rtf", "odt/input.odt"] {
      let content = try bytes(of: fixture("Transcripts/" + file))
      let transcript = try TranscriptReader.read(content, name: file, options: options).value
      let turn = try #require(transcript.source.turns.dropFirst(2).first)
      #expect(transcript.source.words(of: turn, in: transcript.text).hasPrefix("And not"))
      #expect(!transcript.text.string.contains("then"))
    }
  }

  @Test
  func `groups of RTF that nest without measure are refused`() throws {
    let deep = "{\\rtf1 " + String(repeating: "{", count: 100_000) + "a"
    let error = #expect(throws: ReadingError.self) { try read(deep, "a.rtf") }
    #expect(error?.description.contains("nested deeper than") == true)
    #expect(error?.description.contains("save or export it again") == true)
  }

  @Test(arguments: [
    "<TEI>", "<TEI><a><b></a></TEI>", "<TEI>" + String(repeating: "<a>", count: 300),
  ])
  func `XML that is broken or nests without measure says what to do next`(_ text: String) throws {
    let error = #expect(throws: ReadingError.self) { try read(text, "a.tei") }
    #expect(error?.description.contains("save or export it again") == true)
  }

  @Test
  func `RTF that is cut off or lies about its lengths keeps what came before`() throws {
    for text in [
      "{\\rtf1 I: a?\\par P1: b.", "{\\rtf1 I: a?\\par P1: b.\\bin99999999999 x",
      "{\\rtf1 I: a?\\par P1: b.\\'", "{\\rtf1 I: a?\\par P1: b.}}}}\\u",
      "{\\rtf1 I: a?\\par P1: b.\\",
    ] {
      #expect(try read(text, "a.rtf").value.text.string.hasPrefix("I: a?\nP1: b."))
    }
  }

  @Test
  func `RTF that is cut off is reported`() throws {
    #expect(
      try read("{\\rtf1 I: a?\\par P1: b.", "a.rtf").diagnostics.map(\.id) == ["rtf.truncated"])
    #expect(try read("{\\rtf1 I: a?\\par P1: b.}", "a.rtf").diagnostics.isEmpty)
  }

  @Test
  func `letters of RTF follow the code page of the document and of the font`() throws {
    let text = try read("{\\rtf1\\ansi\\ansicpg1250 \\'b9\\'e8 {\\rtf1\\mac x}}", "a.rtf").value
      .text
    #expect(text.string == "ąč x")
    let kanji = "{\\rtf1\\ansi{\\fonttbl{\\f3\\fcharset128 A;}}\\f3 \\'93\\'fa\\'96{}\\'7b}"
    #expect(try read(kanji, "a.rtf").value.text.string.hasPrefix("日"))
  }

  @Test
  func `a flat document with a document type, or not well formed, is refused`() throws {
    let type = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><office:document/>"
    #expect(throws: ReadingError.dtdNotAllowed(file: "a.fodt", part: "a.fodt")) {
      try read(type, "a.fodt")
    }
    let broken = "<?xml version=\"1.0\"?><office:document xmlns:office=\"o\"><a>"
    let error = #expect(throws: ReadingError.self) { try read(broken, "a.fodt") }
    #expect(error?.description.hasPrefix("a.fodt:1:") == true)
  }

  @Test
  func `an encrypted OpenDocument text has its own error`() throws {
    let content = try bytes(of: fixture("BadInput/encrypted.odt"))
    #expect(throws: ReadingError.encrypted(file: "a.odt")) {
      try TranscriptReader.read(content, name: "a.odt")
    }
  }

  @Test
  func `a protected book has its own error, and a page that is missing is reported`() throws {
    let locked = try bytes(of: fixture("BadInput/protected.epub"))
    #expect(throws: ReadingError.encrypted(file: "a.epub")) {
      try TranscriptReader.read(locked, name: "a.epub")
    }
    let cut = try bytes(of: fixture("BadInput/page-missing.epub"))
    let reading = try TranscriptReader.read(cut, name: "a.epub")
    #expect(reading.value.text.string == "I: a?")
    #expect(reading.diagnostics.contains { $0.id == "epub.page-missing" && $0.count == 1 })
  }

  @Test
  func `a web page is read however broken it is`() throws {
    let text = try read("<html><p>I: a?<p>P1: <b>b.<table><tr><td>c<td>d", "a.html").value.text
    #expect(text.string == "I: a?\nP1: b.\nc\nd")
    #expect(try read("<html>", "a.html").value.text.string.isEmpty)
    #expect(throws: ReadingError.self) {
      try read("<html>" + String(repeating: "<div>", count: 100_000), "a.html")
    }
  }

  @Test
  func `a table without a heading is known by what its columns hold`() throws {
    let rows = "0:01,Ana,Can we start?\n0:04,Ben,Yes.\n0:06,Ana,Good.\n0:08,Ben,Fine.\n"
    let transcript = try read(rows, "a.csv").value
    #expect(transcript.source.turns.map(\.start) == [1000, 4000, 6000, 8000])
    #expect(transcript.source.speakers.map(\.label) == ["Ana", "Ben"])
  }

  @Test
  func `a file of one column is no table`() throws {
    let transcript = try read("I: a?\nP1: b.\nI: c?\n", "a.csv").value
    #expect(transcript.source.turns.count == 3)
    #expect(transcript.layout.layout == .inline)
  }

  @Test
  func `frames are counted where the caller says how many a second has`() throws {
    let text = "[00:00:01.15] Ana: a?\n[00:00:05.00] Ben: b.\n[00:00:09.29] Ana: c.\n"
    #expect(try read(text, "a.txt").value.source.turns.map(\.start) == [1150, 5000, 9290])
    let options = try TranscriptOptions([("frames-per-second", "30")])
    let framed = try TranscriptReader.read(Array(text.utf8), name: "a.txt", options: options).value
    // 15 of 30 frames are half a second, 29 of 30 are 966 ms.
    #expect(framed.source.turns.map(\.start) == [1500, 5000, 9966])
    #expect(throws: OptionError.self) { try TranscriptOptions([("frames-per-second", "0")]) }
  }

  // MARK: PDF

  private let page = Array("%PDF-1.7\n1 0 obj\n".utf8)

  private func withProgram(_ script: String, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/pdftotext"
      try ("#!/bin/sh\n" + script).write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      try body(path)
    }
  }

  @Test
  func `the text of a PDF is what the program prints of the bytes`() throws {
    try withProgram("head -c 8 | tr P I; printf '\\nI: a?\\f'") { program in
      let text = try PortableDocument.read(page, name: "a.pdf", program: program)
      #expect(text == "%IDF-1.7\nI: a?\u{C}")
    }
  }

  @Test
  func `a program that hangs, floods, fails or prints nothing is an error`() throws {
    var limits = PortableDocument.Limits()
    limits.time = .seconds(1)
    limits.textSize = 10_000
    func error(_ script: String) throws -> ReadingError? {
      var found: ReadingError?
      try withProgram(script) { program in
        found = #expect(throws: ReadingError.self) {
          try PortableDocument.read(page, name: "a.pdf", program: program, limits: limits)
        }
      }
      return found
    }
    guard case .malformed(_, _, _, let slow) = try error("exec sleep 60"),
      case .malformed(_, _, _, let broken) = try error("exit 1"),
      case .malformed(_, _, _, let empty) = try error("printf '\\f'")
    else {
      Issue.record("not refused")
      return
    }
    #expect(slow.contains("in time") && broken.contains("damaged") && empty.contains("no layer"))
    let flooded = try error("exec yes")
    #expect(flooded == .tooLarge(file: "a.pdf", part: "text", limit: limits.textSize))
    #expect(try error("exit 3") == .encrypted(file: "a.pdf"))
  }

  @Test
  func `without the program a PDF is refused with what to install`() throws {
    guard ChildProcess.find("pdftotext") == nil else { return }
    let error = #expect(throws: ReadingError.self) {
      try TranscriptReader.read(page, name: "a.pdf")
    }
    #expect(error?.description.contains("install pdftotext") == true)
  }

  @Test
  func `a comment of RTF is read where properties stand before its words`() throws {
    let text =
      "{\\rtf1\\ansi{\\pard Ana: the {\\*\\atrfstart 0}side{\\*\\atrfend 0}{\\*\\atnid MR}{\\*\\atnauthor Mia Reyes}"
      + "\\chatn{\\*\\annotation{\\*\\atnref 0}\\ltrpar{door}} entrance\\par Tom: Yes.\\par}}"
    let transcript = try read(text, "a.rtf").value
    let notes = transcript.source.marks.compactMap { mark in
      if case .annotation(let note) = mark.kind { note } else { nil }
    }
    #expect(notes.map(\.text) == ["door"])
    #expect(notes.map(\.author) == ["Mia Reyes"])
    #expect(transcript.text.string.contains("the side entrance"))
  }

  @Test
  func `hyphens at the ends of lines are put back where pdftotext took them away`() {
    let lines = "I: Were you-\nP1: Afraid. I was al-\nways-\nI: A well-\nknown Taeuber-\nArp?\n"
    let joined = "I: Were youP1: Afraid. I was alwaysI: A wellknown TaeuberArp?\n"
    #expect(
      PortableDocument.withHyphens(Array(joined.utf8), of: Array(lines.utf8))
        == Array(lines.utf8))
    let other = Array("Page 1\nNothing of it\n".utf8)
    #expect(PortableDocument.withHyphens(other, of: Array(lines.utf8)) == other)
  }

  @Test
  func `a web page that declares entities is refused, and one that names its type is read`() throws
  {
    let page = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>Int: &tea;?</p></body></html>"
    for declaration in ["<!ENTITY tea \"green\">", "<!ENTITY tea SYSTEM \"tea.txt\">"] {
      #expect(throws: ReadingError.dtdNotAllowed(file: "a.xhtml", part: "a.xhtml")) {
        try read(
          "<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE html [\(declaration)]>\(page)", "a.xhtml")
      }
    }
    let types = [
      "", "<!DOCTYPE html>", "<!doctype html>",
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
        + "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">",
    ]
    for type in types {
      let plain = try read(type + "<html><body><p>Int: tea?</p></body></html>", "a.html")
      #expect(plain.value.text.string == "Int: tea?")
    }
  }
}
