import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// What LibreOffice shows of real documents, beside what is read from them.
///
/// Every fourth of the samples, because a word processor takes its time; none where it or they are
/// absent.
struct LibreOfficeTextTests {
  private static let samples: [String] = {
    guard let folder = shared("samples"), isInstalled("soffice") else { return [] }
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    let documents = paths.filter { path in
      [".docx", ".odt", ".rtf"].contains { path.hasSuffix($0) }
        && !leftOut.contains { path.hasSuffix($0) }
    }
    return documents.sorted().enumerated().filter { $0.offset % 4 == 0 }
      .map { folder + "/" + $0.element }
  }()

  // It shows what was deleted in the first, and works a field of the second out anew.
  private static let leftOut = ["/delins.docx", "/63-sdt.docx"]

  @Test(.enabled(if: !samples.isEmpty, "LibreOffice or the samples are not here"))
  func `no word that LibreOffice shows is lost`() throws {
    try withTemporaryFolder { folder in
      var copies: [String] = []
      for (number, sample) in Self.samples.enumerated() {
        let copy = "\(folder)/\(number).\(sample.split(separator: ".").last ?? "")"
        try FileManager.default.copyItem(atPath: sample, toPath: copy)
        copies.append(copy)
      }
      let command = ["soffice", "-env:UserInstallation=file://\(folder)/profile", "--headless"]
      _ = try run(command + ["--convert-to", "txt:Text", "--outdir", folder + "/texts"] + copies)
      var compared = 0
      for (number, sample) in Self.samples.enumerated() {
        let shown = folder + "/texts/\(number).txt"
        // What neither can open is no loss.
        guard let plain = try? String(contentsOfFile: shown, encoding: .utf8),
          let transcript = try? TranscriptReader.read(
            bytes(of: sample), name: String(sample.split(separator: "/").last ?? "")
          ).value
        else { continue }
        compared += 1
        #expect(lost(from: plain, in: transcript) == [], "\(sample)")
      }
      #expect(compared >= Self.samples.count / 2)
    }
  }

  // The words that are neither in the text nor in what hangs on it.
  private func lost(from plain: String, in transcript: Transcript) -> [String] {
    var texts =
      [transcript.text.string] + transcript.source.metadata.flatMap { [$0.name, $0.value] }
    for mark in transcript.source.marks {
      if case .annotation(let note) = mark.kind { texts.append(note.text) }
    }
    var counts: [Substring: Int] = [:]
    for word in texts.flatMap(words) { counts[word, default: 0] += 1 }
    return words(plain).filter { word in
      // Numbers of notes stand in LibreOffice's text, also right after a word.
      let bare = word.prefix { !$0.isNumber }
      for spelling in [word, bare] where counts[spelling, default: 0] > 0 {
        counts[spelling, default: 0] -= 1
        return false
      }
      return !bare.isEmpty
    }.map(String.init)
  }

  // Letters and digits only, because tables and lists are drawn differently.
  private func words(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }
  }
}
