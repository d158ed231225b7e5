import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// Interviews that nobody wrote, in every format: who says what is the same in each.
struct SameInterviewLawTests {
  private struct Interview {
    var turns: [(speaker: String, words: String)] = []

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      let casts = [
        ["Interviewer", "P7"], ["I", "B1", "B2"], ["Ana Ruiz", "Tom Reed"],
        ["Moderator", "F1", "F2", "M3"], ["访谈者", "受访者1"], ["Seán Ó Briain", "Màiri"],
        ["SPEAKER_00", "SPEAKER_01"],
      ]
      let cast = random.pick(casts)
      let words = [
        "and", "so", "I said: no", "at 10:30", "3:1", "café", "“aye”", "don’t", "日本", "[laughs]",
        "one, two", "a; b", "Q&A", "x < y", "“Tom: go”", "the garden", "- that is -", "(0.5)",
        "e\u{301}te\u{301}", "🌱", "half \"quoted\"", "#5", "well…", "it’s", "100 %",
      ]
      var last = ""
      for index in 0..<Int.random(in: 8...24, using: &random) {
        var speaker = index < cast.count ? cast[index] : random.pick(cast)
        while speaker == last { speaker = random.pick(cast) }
        last = speaker
        let count = Int.random(in: 1...12, using: &random)
        let middle = (0..<count).map { _ in random.pick(words) }.joined(separator: " ")
        turns.append((speaker, "Yes " + middle + random.pick([".", "?", "!", " …"])))
      }
    }

    var plain: String { turns.map { "\($0.speaker): \($0.words)\n" }.joined() }

    var spaced: String { turns.map { "\($0.speaker): \($0.words)\r\n\r\n" }.joined() }

    var standalone: String { turns.map { "\($0.speaker):\n\($0.words)\n\n" }.joined() }

    var stamped: String {
      turns.enumerated().map { "\($1.speaker)  \(Self.clock($0))  \n\($1.words)\n\n" }.joined()
    }

    var timeFirst: String {
      turns.enumerated().map { "[\(Self.clock($0))] \($1.speaker): \($1.words)\n" }.joined()
    }

    var markdown: String {
      turns.map { "**\($0.speaker):** \(Self.escaped($0.words))\n\n" }.joined()
    }

    // A bracket or a number sign could be mark-up, and is protected as writers of Markdown do.
    private static func escaped(_ text: String) -> String {
      text.replacing("[", with: "\\[").replacing("]", with: "\\]").replacing("#", with: "\\#")
    }

    var captions: String {
      "WEBVTT\n\n"
        + turns.enumerated().map {
          "00:\(Self.clock($0)).000 --> 00:\(Self.clock($0)).900\n<v \(Self.xml($1.speaker))>"
            + Self.xml($1.words) + "</v>\n\n"
        }.joined()
    }

    var subRip: String {
      turns.enumerated().map {
        "\($0 + 1)\n00:\(Self.clock($0)),000 --> 00:\(Self.clock($0)),900\n"
          + "\($1.speaker): \(Self.xml($1.words))\n\n"
      }.joined()
    }

    var commas: String {
      "speaker,text\r\n"
        + turns.map { "\($0.speaker),\"\($0.words.replacing("\"", with: "\"\""))\"\r\n" }.joined()
    }

    var tabs: String {
      "time\tspeaker\ttext\n"
        + turns.enumerated().map {
          "00:\(Self.clock($0))\t\($1.speaker)\t\"\($1.words.replacing("\"", with: "\"\""))\"\n"
        }.joined()
    }

    var page: String {
      "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>x</title></head><body>"
        + turns.map { "<p><b>\(Self.xml($0.speaker)):</b> \(Self.xml($0.words))</p>" }.joined()
        + "</body></html>"
    }

    var rich: String {
      var text = "{\\rtf1\\ansi\\ansicpg1252\\uc1 "
      for (speaker, words) in turns {
        for unit in "\(speaker): \(words)".utf16 {
          let isPlain = unit < 0x80 && unit != 0x5C && unit != 0x7B && unit != 0x7D
          text += isPlain ? String(UnicodeScalar(UInt8(unit))) : "\\u\(Int16(bitPattern: unit))?"
        }
        text += "\\par\n"
      }
      return text + "}"
    }

    var word: [UInt8] {
      let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
      let body = turns.map {
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>\(Self.xml($0.speaker)):</w:t></w:r><w:r>"
          + "<w:t xml:space=\"preserve\"> \(Self.xml($0.words))</w:t></w:r></w:p>"
      }
      return HandMadeArchive([
        ("[Content_Types].xml", "<Types/>"),
        (
          "word/document.xml",
          "<w:document xmlns:w=\"\(space)\"><w:body>\(body.joined())</w:body></w:document>"
        ),
      ]).bytes
    }

    var flat: String {
      let spaces = ["office", "text"].map {
        "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
      }
      return "<?xml version=\"1.0\"?><office:document \(spaces.joined(separator: " "))>"
        + "<office:body><office:text>"
        + turns.map { "<text:p>\(Self.xml($0.speaker)): \(Self.xml($0.words))</text:p>" }.joined()
        + "</office:text></office:body></office:document>"
    }

    var recognised: [UInt8] {
      let segments = turns.enumerated().map { index, turn -> [String: Any] in
        [
          "start": Double(index), "end": Double(index) + 0.9, "text": " " + turn.words,
          "speaker": turn.speaker,
        ]
      }
      let file: [String: Any] = ["segments": segments, "language": "en"]
      return (try? JSONSerialization.data(withJSONObject: file)).map(Array.init) ?? []
    }

    private static func clock(_ index: Int) -> String {
      let seconds = index * 3
      return (seconds / 60 < 10 ? "0" : "") + "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "")
        + "\(seconds % 60)"
    }

    private static func xml(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// The interview as a file of each format.
    var files: [(name: String, bytes: [UInt8])] {
      let texts = [
        ("plain.txt", plain), ("spaced.txt", spaced), ("standalone.txt", standalone),
        ("stamped.txt", stamped), ("time-first.txt", timeFirst), ("a.md", markdown),
        ("a.vtt", captions), ("a.srt", subRip), ("a.csv", commas), ("a.tsv", tabs),
        ("a.html", page), ("a.rtf", rich), ("a.fodt", flat),
      ]
      return texts.map { ($0.0, Array($0.1.utf8)) } + [("a.docx", word), ("a.json", recognised)]
    }
  }

  @Test(arguments: 1...24)
  func `an interview is the same in every format`(_ seed: UInt64) throws {
    let interview = Interview(seed: seed)
    let expected = interview.turns.map { "\($0.speaker): \($0.words)" }
    for (name, bytes) in interview.files {
      let transcript = try TranscriptReader.read(bytes, name: name).value
      let found = transcript.source.turns.map { turn in
        turn.speakers.map { transcript.source.speakers[$0].label }.joined(separator: " + ")
          + ": " + transcript.source.words(of: turn, in: transcript.text)
      }
      #expect(found == expected, "\(name)")
    }
  }
}
