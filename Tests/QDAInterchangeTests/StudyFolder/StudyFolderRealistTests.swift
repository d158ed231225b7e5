import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// What the files of a study folder hold of the realist layer, without the rest.
struct StudyFolderRealistTests {
  private func again(
    _ change: (inout Project, StudyFolder) throws -> Void
  ) throws -> (read: Project, written: Project, text: String) {
    try withTemporaryFolder { path in
      try StudySamples.put(try StudySamples.allotment(), in: path)
      let folder = try StudyFolder.read(at: path).value
      var project = folder.project
      try change(&project, folder)
      try StudyFolder.write(project, to: path)
      #expect(!FileManager.default.fileExists(atPath: path + "/" + StudyRest.file))
      let text = try String(contentsOfFile: path + "/configurations.yaml", encoding: .utf8)
      return (try StudyFolder.read(at: path).value.project, project, text)
    }
  }

  @Test
  func `searches, proposals, answers, consultations and decisions are kept in the files`() throws {
    let (read, written, text) = try again { project, folder in
      let coder = try #require(project.coders.first)
      let person = try #require(project.cases.first)
      var configuration = try #require(project.configurations.first)
      configuration.searches = [
        NegativeCaseSearch(
          stamp: Stamp(by: coder.id, at: Timestamp("2026-01-02")), how: "All of chart 1.",
          found: [person.id])
      ]
      let source = try #require(project.codings.sources.first)
      let passage = try #require(project.codings.passages(in: source).first)
      configuration.origin = Proposal(
        method: "case", version: 1, from: [.case(person.id), .passage(passage.id)])
      project.configurations[configuration.id] = configuration
      let target = Reference.configuration(configuration.id)
      let occasion = Occasion(
        with: ["Link workers’ forum", "AB"], on: Timestamp("2026-01-03"), words: "It is so.")
      let grounds: [Ground] = [
        .consultation(occasion), .decision(occasion), .passage(passage.id),
      ]
      for (offset, ground) in grounds.enumerated() {
        let id = ID<Evidence>(derivedFrom: ["new", "\(offset)"])
        project.evidence[id] = Evidence(
          id: id, target: target, ground: ground, stance: .supports,
          response: offset == 2 ? .refines : nil)
      }
    }
    #expect(read == written)
    #expect(text.contains("response: refines"))
    #expect(text.contains("consultation: It is so."))
  }

  @Test
  func `a schema in use need not be declared, and a declared one keeps order and limits`() throws {
    let own = SlotSchema(
      name: "own", roles: [SlotRole(name: "cue", most: 1), SlotRole(name: "act")], isOrdered: true)
    let (read, written, _) = try again { project, _ in
      let element = try #require(project.elements.first)
      project.schemas += [own, .icamo]
      let id = ID<Configuration>(derivedFrom: ["own"])
      project.configurations[id] = Configuration(
        id: id, label: "X1", schema: "own",
        slots: ["act", "cue"].map {
          Slot(id: ID(derivedFrom: ["own", $0]), role: $0, element: element.id)
        })
    }
    #expect(read == written)
    #expect(read.schemas.contains(own))
    let files = try StudySamples.allotment().merging([
      "configurations.yaml": """
      elements: [{id: e, text: Someone comes}]
      configurations:
        - {id: X, schema: ICAMO, valence: mixed, slots: [{id: a, role: actor, element: e}]}

      """
    ]) { $1 }
    let named = StudySamples.read(files).value.project
    #expect(named.schemas.contains(.icamo))
  }
}
