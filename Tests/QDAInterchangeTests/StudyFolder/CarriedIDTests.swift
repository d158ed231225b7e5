import Foundation
import QDA
import QDATestSupport
import Testing

struct CarriedIDTests {
  private func source(_ name: String, _ fields: [(String, String)] = [], _ labels: [String] = [])
    -> Source
  {
    Source(
      id: ID(derivedFrom: [name]), name: name,
      speakers: labels.map { Speaker(label: $0, role: .participant) },
      metadata: fields.map { MetadataField(name: $0.0, value: $0.1) })
  }

  @Test(arguments: [
    ("P10R1.txt", ["P10R1", "P10"]), ("Interview_P07_2026-03-04.docx", ["P07"]),
    ("ID1.docx", ["ID1"]),
    ("Maria.odt", ["Maria"]), ("2026-03-04.txt", []),
  ])
  func `a name carries ids`(_ name: String, _ ids: [String]) {
    let stem = String(name.prefix { $0 != "." })
    #expect(source(name).carriedIDs.map(\.id) == [stem] + ids.filter { $0 != stem })
  }

  @Test
  func `a header counts before a name, and labels come last`() {
    let ids = source("x.txt", [("Participant ID", "P10"), ("Date", "P11")], ["P10", "Ana"])
      .carriedIDs
    #expect(
      ids == [
        CarriedID("P10", in: .header), CarriedID("x", in: .name), CarriedID("P10", in: .label),
        CarriedID("Ana", in: .label),
      ])
  }

  @Test(arguments: ["Teilnehmer-ID", "Interview-Nr.", "Code participant", "Código", "Deelnemer"])
  func `the field of an id has many names`(_ name: String) {
    #expect(source("x.txt", [(name, "T4")]).carriedIDs.first == CarriedID("T4", in: .header))
  }

  @Test
  func `a transcript is linked to the participant whose id it carries`() throws {
    try withTemporaryFolder { folder in
      let files = [
        ("study.yaml", "format: 1\nid: garden\ntitle: Garden\n"),
        ("participants.csv", "id\nP1\nP02\nP3\nP4\nP5\n"),
        ("transcripts/P1R2.txt", "I: How?\nP1: So.\n"),
        ("transcripts/P2.txt", "I: How?\nP2: So.\n"),
        ("transcripts/third.txt", "I: How?\nP3: So.\n"),
        (
          "transcripts/fourth.txt",
          "Date: 4 March\nParticipant ID: P4\n\nI: How?\nAna: So.\nI: Why?\nAna: Oh.\n"
        ),
        ("transcripts/P1 and P5.txt", "I: How?\nTom: So.\nI: Why?\nTom: Oh.\n"),
      ]
      for (path, text) in files { try write(text, to: folder + "/" + path) }
      let reading = try StudyFolder.read(at: folder)
      let project = reading.value.project
      let owners = project.sources.map { source in
        project.cases.filter { $0.covers.contains(.source(source.id)) }.map(\.name)
      }
      let names = project.sources.map(\.name)
      let byName = Dictionary(uniqueKeysWithValues: zip(names, owners))
      #expect(byName["P1R2.txt"] == ["P1"])
      #expect(byName["P2.txt"] == [])
      #expect(byName["third.txt"] == [])
      #expect(byName["fourth.txt"] == ["P4"])
      #expect(byName["P1 and P5.txt"] == [])
      let inferred = reading.diagnostics.filter { $0.id == "study.participant-inferred" }
      #expect(inferred.count == 2)
      let open = reading.diagnostics.first {
        $0.id == "study.transcript-without-participant" && $0.description.contains("P2.txt")
      }
      #expect(open?.notes == ["it may be 'P02', to judge by its name, header or labels"])
      // Nothing is written where nothing changed.
      #expect(try StudyFolder.write(project, to: folder).isEmpty)
      // A column that names transcripts is the person's to fill in.
      try write("id,transcript\nP1,\nP02,\n", to: folder + "/participants.csv")
      let asked = try StudyFolder.read(at: folder)
      let covers = asked.value.project.cases.flatMap(\.covers)
      #expect(covers.isEmpty)
      #expect(asked.diagnostics.contains { $0.notes.first?.hasPrefix("it may be 'P1'") == true })
    }
  }

  private func write(_ text: String, to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}
