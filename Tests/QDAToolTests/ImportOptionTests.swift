import Foundation
import QDA
import QDATestSupport
import Testing

/// What a person tells `qda import` of a transcript.
struct ImportOptionTests {
  private struct Listing: Decodable {
    struct Row: Decodable {
      struct SpeakerRow: Decodable {
        var label: String
        var role: SpeakerRole
      }
      struct TurnRow: Decodable {
        var speakers: [String]
        var start: Int?
        var end: Int?
        var clock: Turn.Clock?
        var stamps: [TranscriptTime]
        var words: String
      }
      var speakers: [SpeakerRow]
      var contributions: [TurnRow]
    }
    var transcripts: [Row]
  }

  private func turns(_ output: String) throws -> [String] {
    let listing = try JSONDecoder().decode(Listing.self, from: Data(output.utf8))
    return listing.transcripts.flatMap { row in
      let roles = Dictionary(
        row.speakers.map { ($0.label, $0.role) }, uniquingKeysWith: { first, _ in first })
      return row.contributions.map { turn in
        OverrideCase.line(
          speakers: turn.speakers.map { ($0, roles[$0] ?? .unknown) }, start: turn.start,
          end: turn.end, clock: turn.clock ?? .media, words: turn.words)
      }
    }
  }

  @Test(arguments: OverrideCase.all)
  func `the command believes a person`(_ one: OverrideCase) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/" + one.file
      try Data(one.bytes).write(to: URL(filePath: path))
      let result = try qda("import", path, "--json", "--turns", "--\(one.option)", one.value)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try turns(result.output) == one.told)
    }
  }

  @Test
  func `times in a table are listed with the turn of their row`() throws {
    let csv = "Start,End,Speaker,Text\n0:01,0:04,I,How?\n0:05,0:09,P4,Well.\n0:10,0:12,I,Why?\n"
    let result = try qda("import", "-", "--format", "csv", "--json", "--turns", input: csv)
    let listing = try JSONDecoder().decode(Listing.self, from: Data(result.output.utf8))
    #expect(
      listing.transcripts[0].contributions.map { $0.stamps.map(\.start) } == [
        [1000, 4000], [5000, 9000], [10_000, 12_000],
      ])
  }

  @Test
  func `a named pipe is refused with what to do instead`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/pipe"
      let made = unsafe mkfifo(path, 0o600)
      #expect(made == 0)
      let result = try qda("import", path)
      #expect(result.status == 3)
      #expect(result.errors.contains("it is a pipe, which can be read only once"))
    }
  }

  @Test
  func `the command says what an option takes`() throws {
    let result = try qda("import", "-", "--layout", "inlin", input: "I: How?\n")
    #expect(result.status == 64)
    #expect(result.errors.contains("did you mean 'inline'?"))
  }
}
