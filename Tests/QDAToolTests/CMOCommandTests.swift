import Foundation
import QDATestSupport
import Testing

/// The verb `cmo` on a copy of the worked study.
struct CMOCommandTests {
  private func copy(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let study = folder + "/study"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      try body(study)
    }
  }

  private let signed = ["--by", "MR", "--at", "2026-03-04T10:30:00Z", "--why", "So agreed."]

  private func cmo(_ arguments: String...) throws -> CommandResult {
    try run([productsFolder + "/qda", "cmo"] + arguments)
  }

  private func decide(_ study: String, _ arguments: String...) throws -> CommandResult {
    try run([productsFolder + "/qda", "cmo", study] + arguments + signed)
  }

  private func text(_ study: String) throws -> String {
    try String(contentsOfFile: study + "/configurations.yaml", encoding: .utf8)
  }

  @Test
  func `the sentence that the product exists for is printed, and each entry opens on words`() throws
  {
    let result = try cmo(
      "Fixtures/LinkWorkers", "--patterns", "--unit", "site", "--only", "CMO3")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.contains(
        "this outcome pattern holds in 3 of 8 sites (Market, Harbour, Northfield); here are the 2 "
          + "that contradict it: Kirk Brae, Meadowside."))
    #expect(result.output.contains("P14, P14.txt, line 25: “We'd one lady wouldn't get on a bus"))
    let json = try cmo("Fixtures/LinkWorkers", "--patterns", "--unit", "site", "--json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(document["schema"] as? String == "qda.patterns/1")
    #expect(try cmo("Fixtures/LinkWorkers", "--patterns", "--unit", "ward").status == 1)
  }

  @Test
  func `a calibrated table is printed, and refused with the reason where there is none`() throws {
    let result = try cmo("Fixtures/LinkWorkers", "--sets", "CMO3", "--unit", "site")
    #expect(
      result.output
        == "case,FEAR,COMPANY,STAYS\r\nMarket,1,1,1\r\nKirk Brae,1,0.6,0.4\r\nHarbour,1,1,1\r\n"
        + "Northfield,1,1,1\r\n")
    #expect(
      result.errors.contains("left out: Shore Road, Quarrybank, Wester Tarn and Meadowside"))
    let refused = try cmo("Fixtures/LinkWorkers", "--sets", "CMO1", "--unit", "site")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("no column of CMO1 has a written calibration"))
  }

  @Test
  func `a decision is written with who, when and why, and nothing else changes`() throws {
    try copy { study in
      let before = try text(study)
      let result = try decide(study, "--accept", "CMO14")
      #expect(result.status == 0, "\(result.errors)")
      let after = try text(study)
      #expect(after.contains("reason: So agreed.\n"))
      #expect(after.contains("at: 2026-03-04T10:30:00Z"))
      let history = try String(contentsOfFile: study + "/history/MR.jsonl", encoding: .utf8)
      #expect(history.contains("So agreed."))
      let old = before.split(separator: "\n")
      let new = after.split(separator: "\n")
      #expect(new.difference(from: old).count < 12)
    }
  }

  @Test
  func `nobody decides without a name or a reason`() throws {
    try copy { study in
      let wrong = [
        ["--accept", "CMO14", "--why", "x"], ["--accept", "CMO14", "--by", "MR"],
        ["--accept", "CMO99", "--by", "MR", "--why", "x"],
        ["--search", "CMO6", "--found", "P99", "--by", "MR", "--why", "x"],
        ["--accept", "CMO14", "--reject", "CMO13"],
      ]
      for arguments in wrong {
        let result = try run([productsFolder + "/qda", "cmo", study] + arguments)
        #expect(result.status == 64, "\(arguments)")
      }
    }
  }

  @Test
  func `consolidation, a search and a split are written and read again`() throws {
    try copy { study in
      let merged = try decide(
        study, "--consolidate", "CMO10,CMO12", "--label", "CMO17", "--title", "Known")
      #expect(merged.status == 0, "\(merged.errors)")
      let search = try decide(study, "--search", "CMO6", "--found", "P11")
      #expect(search.status == 0, "\(search.errors)")
      let split = try decide(
        study, "--split", "CMO13", "--into", "CMO18=c1,m1,o1; CMO19=c1,m1,o2")
      #expect(split.status == 0, "\(split.errors)")
      let check = try run([productsFolder + "/qda", "check", study])
      #expect(check.status == 0, "\(check.output)")
      #expect(!check.output.contains("cmo.successor-missing"))
      let patterns = try cmo(study, "--patterns", "--brief")
      for label in ["CMO17 Known", "CMO18", "CMO19"] {
        #expect(patterns.output.contains("\n\(label)"), "\(label)")
      }
      #expect(!patterns.output.contains("\nCMO13 "), "it is superseded")
    }
  }

  @Test
  func `a label in use is refused, and a name that nothing has is named`() throws {
    try copy { study in
      let before = try text(study)
      let wrong: [([String], String)] = [
        (
          ["--split", "CMO13", "--into", "CMO2=c1,m1,o1; CMO19=c1,m1,o2"], "label 'CMO2' is in use"
        ),
        (["--split", "CMO13", "--into", "A=c1,m1,o1; A=c1,m1,o2"], "label 'A' is in use"),
        (["--split", "CMO13", "--into", "A=c1,m1,o1; B"], "'B' lacks"),
        (["--consolidate", "CMO10,CMO12", "--label", "CMO3"], "label 'CMO3' is in use"),
        (["--accept", "CMO99"], "no configuration 'CMO99'"),
        (["--supersede", "CMO14", "--successor", "CMO98"], "no configuration 'CMO98'"),
      ]
      for (arguments, words) in wrong {
        let result = try run([productsFolder + "/qda", "cmo", study] + arguments + signed)
        #expect(result.status == 64 && result.errors.contains(words), "\(result.errors)")
      }
      #expect(try text(study) == before)
      let merged = try decide(study, "--consolidate", "CMO10,CMO12", "--label", "CMO17")
      #expect(merged.status == 0, "\(merged.errors)")
      let again = try decide(study, "--accept", "CMO10")
      #expect(again.status == 64)
      #expect(again.errors.contains("CMO10 is superseded by CMO17"), "\(again.errors)")
    }
  }

  @Test
  func `a unit or a role that the study has not is answered with those that it has`() throws {
    let unit = try cmo("Fixtures/LinkWorkers", "--sets", "CMO3", "--unit", "ward")
    #expect(unit.status == 1)
    #expect(unit.errors.contains("no case has the unit 'ward'; the units are "))
    #expect(unit.errors.contains("participant") && unit.errors.contains("site"))
    let role = try cmo(
      "Fixtures/LinkWorkers", "--candidates", "turn", "--role", "waiting=nope", "--role",
      "staying=outcome")
    #expect(role.status == 64)
    #expect(
      role.errors.contains("'nope' is no role; the roles are context, mechanism, outcome"),
      "\(role.errors)")
  }

  @Test
  func `a study without configurations says so`() throws {
    try withTemporaryFolder { folder in
      #expect(try qda("init", folder + "/study", "--title", "New").status == 0)
      let drawn = ["--diagrams", "--output", folder + "/drawn"]
      for view in [[], ["--patterns"], drawn] {
        let result = try run([productsFolder + "/qda", "cmo", folder + "/study"] + view)
        #expect(result.status == 0, "\(view)")
        #expect(result.errors.contains("the study has no configuration"), "\(view)")
      }
    }
  }

  @Test
  func `candidates are proposals, and none is proposed twice`() throws {
    try copy { study in
      let roles = [
        "--role", "turnover=context", "--role", "knowing=mechanism:reasoning", "--role",
        "staying=outcome",
      ]
      func propose() throws -> CommandResult {
        try run(
          [productsFolder + "/qda", "cmo", study, "--candidates", "case"] + roles + ["--propose"]
            + signed)
      }
      let first = try propose()
      #expect(first.status == 0, "\(first.errors)")
      #expect(!first.output.isEmpty)
      #expect(try text(study).contains("method: case"))
      #expect(try propose().output.isEmpty)
    }
  }

  @Test
  func `a decision and an error are objects with a form of their own`() throws {
    try copy { study in
      func form(_ arguments: String...) throws -> String {
        let result = try run(
          [productsFolder + "/qda", "cmo", study, "--json"] + arguments + signed)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return "\((object as? [String: Any])?["schema"] as? String ?? "none") \(result.status)"
      }
      let forms = [
        try form("--accept", "CMO14"), try form("--accept", "CMO99"),
        try form("--split", "CMO3", "--into", "A=c9; B=c1"), try form("--candidates", "case"),
      ]
      #expect(
        forms == [
          "qda.change/1 0", "qda.error/1 64", "qda.error/1 64", "qda.candidates/1 0",
        ])
    }
  }

  @Test
  func `a candidate goes by the label under which it is listed`() throws {
    try copy { study in
      let listed = try cmo(study, "--candidates", "case", "--propose", "--by", "MR")
      let label = String(listed.output.prefix { $0 != ":" })
      #expect(label.hasPrefix("Candidate "), "\(listed.output.prefix(80))")
      let accepted = try run(
        [productsFolder + "/qda", "cmo", study, "--accept", label] + signed)
      #expect(accepted.status == 0, "\(accepted.errors)")
    }
  }
}
