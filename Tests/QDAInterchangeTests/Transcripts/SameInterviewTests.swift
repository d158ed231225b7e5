import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// One interview in every format, with what was said written down here.
struct SameInterviewTests {
  static let files = [
    "interview.txt", "interview-utf16.txt", "interview.md", "interview.docx",
    "interview-table.docx", "interview.odt", "interview.fodt", "interview.rtf", "interview.html",
    "interview.epub", "interview.csv", "interview.tsv", "interview.xlsx", "interview.srt",
    "interview.vtt", "interview.otr",
  ]

  @Test(arguments: files)
  func `the same interview gives the same turns in every format`(_ file: String) throws {
    let content = try bytes(of: fixture("SameInterview/\(file)"))
    let transcript = try TranscriptReader.read(content, name: file).value
    let turns = transcript.source.turns.map { turn in
      turn.speakers.map { transcript.source.speakers[$0].label }.joined()
        + ": " + transcript.source.words(of: turn, in: transcript.text)
    }
    #expect(
      turns == [
        "Interviewer: How did you come to the plot?",
        "P7: I saw the sign, and “nobody” was there: nobody.",
        "Interviewer: And then?",
        "P7: We dug. It took a week.",
        "Interviewer: Thank you.",
      ])
    #expect(transcript.source.speakers.map(\.role) == [.interviewer, .participant])
  }

  @Test(arguments: files)
  func `the content alone tells the format`(_ file: String) throws {
    let content = try bytes(of: fixture("SameInterview/\(file)"))
    let named = try TranscriptReader.read(content, name: file).value
    // A table and Markdown look like plain text where no name says otherwise.
    let reader = named.source.rendition.reader
    guard !["csv", "tsv", "markdown", "otranscribe"].contains(reader) else { return }
    let unnamed = try TranscriptReader.read(content, name: "interview").value
    #expect(unnamed.source.rendition.reader == reader)
  }
}
