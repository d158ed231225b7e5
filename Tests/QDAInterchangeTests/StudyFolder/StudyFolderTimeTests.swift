import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// What the times of transcripts mean is not lost on the way through a study folder.
struct StudyFolderTimeTests {
  /// A project of one transcript, as a caller makes it.
  private func project(_ transcript: Transcript) -> Project {
    var project = Project(id: ID(derivedFrom: ["times"]), title: "Times")
    project.sources[transcript.source.id] = transcript.source
    project.texts = MemoryTexts([transcript.source.id: transcript.text])
    return project
  }

  private func afterWriting(_ project: Project) throws -> Source {
    try withTemporaryFolder { path in
      try StudyFolder.write(project, to: path + "/study")
      let read = try StudyFolder.read(at: path + "/study").value.project
      #expect(read == project)
      return try #require(read.sources.first)
    }
  }

  @Test(arguments: [
    (
      "[00:00:05] Ana: How?\n[00:00:09] Tom: So.\n[00:00:12] Ana: Oh.\n", "start", "decimal",
      "media"
    ),
    (
      "[23:59:58] Ana: How?\n[00:00:09] Tom: So.\n[00:00:12] Ana: Oh.\n", "start", "decimal", "wall"
    ),
    ("Ana: How? [00:00:05]\nTom: So. [00:00:09]\nAna: Oh. [00:00:12]\n", "end", "decimal", "media"),
    (
      "[00:00:05.11] Ana: a\n[00:00:09.24] Tom: b\n[00:00:12.02] Ana: c\n", "start", "frames",
      "media"
    ),
  ])
  func `typed times are read back as they were`(
    _ text: String, _ position: String, _ notation: String, _ clock: String
  ) throws {
    let transcript = try readTranscript(
      text, [("timestamps", position), ("time-notation", notation), ("clock", clock)])
    #expect(transcript.source.times.count == 3)
    #expect(transcript.source.times.allSatisfy { $0.clock.rawValue == clock })
    #expect(transcript.source.times.allSatisfy { $0.position.rawValue == position })
    let read = try afterWriting(project(transcript))
    #expect(read.times == transcript.source.times)
    #expect(read.turns == transcript.source.turns)
  }

  @Test
  func `times of cues are read back as they were`() throws {
    let cues =
      "WEBVTT\n\n00:01.500 --> 00:02.000\n<v Ana>How?\n\n00:02.000 --> 00:04.250\n<v Tom>So.\n"
    let transcript = try readTranscript(cues, name: "a.vtt")
    #expect(transcript.source.turns.map(\.start) == [1500, 2000])
    #expect(try afterWriting(project(transcript)).turns.map(\.end) == [2000, 4250])
  }

  @Test
  func `a time that a person corrected stays corrected`() throws {
    var transcript = try readTranscript(
      "[00:00:05] Ana: How?\n[00:00:09] Tom: So.\n[00:00:12] Ana: Oh.\n")
    let time = TranscriptTime(
      start: 40_000_000, end: 40_000_500, clock: .wall, position: .inside, precision: .frames)
    let index = try #require(
      transcript.source.marks.firstIndex { if case .timestamp = $0.kind { true } else { false } })
    transcript.source.marks[index].kind = .timestamp(time)
    transcript.source.turns[1].isInterpolated = true
    let read = try afterWriting(project(transcript))
    #expect(read.times.first == time)
    #expect(read.turns[1].isInterpolated)
  }
}
