import Foundation
import QDATestSupport
import Testing

/// Stages at the command line: none runs on nothing unless somebody says so in the history.
struct StageCommandTests {
  private let signed = ["--by", "MR", "--at", "2026-03-04T10:30:00Z"]

  private func command(_ arguments: [String]) throws -> CommandResult {
    try run([productsFolder + "/qda"] + arguments + signed)
  }

  /// The worked study without the traces of first reading.
  private func withUnreadStudy(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let study = folder + "/study"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      for name in ["notes/first-reading-P3.md", "notes/first-reading-P9.md", "readings.csv"] {
        try FileManager.default.removeItem(atPath: "\(study)/\(name)")
      }
      try body(study)
    }
  }

  @Test
  func `a framework is not changed before anybody has read, unless the history says why`() throws {
    try withUnreadStudy { study in
      let add = [
        "framework", study, "--add", "lifts=Lifts home", "--under", "1", "--why", "it came up",
      ]
      let refused = try command(add)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("framework works on what familiarisation leaves"))
      let same = try run(["diff", "-r", fixture("LinkWorkers") + "/history", study + "/history"])
      #expect(same.output.isEmpty, "what is refused leaves no trace: \(same.output)")
      let silent = ["framework", study, "--rename", "1.1", "--name", "Talk", "--override"]
      #expect(try command(silent).status == 64, "an override has a reason")
      let done = try command(add + ["--override"])
      #expect(done.status == 0, "\(done.errors)")
      let history = try String(contentsOfFile: study + "/history/MR.jsonl", encoding: .utf8)
      #expect(history.contains("\"skipped\":\"familiarisation\""))
      let codebook = try String(contentsOfFile: study + "/codebook.yaml", encoding: .utf8)
      #expect(codebook.contains("- id: lifts\n"), "the key that was chosen")
      // What was decided once need not be said again.
      let again = ["framework", study, "--rename", "lifts", "--name", "Lifts", "--why", "shorter"]
      #expect(try command(again).status == 0)
      #expect(!(try qda("check", study).output.contains("history-edited")))
    }
  }

  @Test
  func `renumbering gives each theme an Other, and every code its place`() throws {
    try withTemporaryFolder { folder in
      let study = folder + "/study"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      let moved = try command(
        ["framework", study, "--move", "waiting", "--under", "1", "--why", "it is at the door"])
      #expect(moved.status == 0, "\(moved.errors)")
      let done = try command(["framework", study, "--renumber", "--why", "in order again"])
      #expect(done.status == 0, "\(done.errors)")
      #expect(done.output.contains("  1.5 Waiting lists (waiting)") || done.output.contains("1.5 "))
      #expect(done.output.contains("  1.9 Other: coming through the door"))
      let check = try qda("check", study)
      #expect(check.status == 0 && !check.output.contains("codebook.number"), "\(check.output)")
    }
  }

  @Test
  func `a line of the history that is taken out of any file is missed`() throws {
    try withTemporaryFolder { folder in
      let study = folder + "/study"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      for by in ["MR", "TO", "MR"] {
        let result = try run([
          productsFolder + "/qda", "cmo", study, "--search", "CMO6", "--by", by, "--at",
          "2026-03-04T10:30:00Z", "--why", "looked again, \(by)",
        ])
        #expect(result.status == 0, "\(result.errors)")
      }
      #expect(!(try qda("check", study).output.contains("history-edited")))
      try FileManager.default.removeItem(atPath: study + "/history/TO.jsonl")
      let check = try qda("check", study)
      // The worked study's third change is in that file, and the second of the three here.
      #expect(
        check.output.contains("change 3 of the study is in no file of its history (2 times)"))
      #expect(check.output.contains("history/TO.jsonl does not hold the change that was the last"))
      #expect(check.status == 1)
    }
  }

  @Test
  func `claims of how many are counted, also in a published study's prose`() throws {
    let worked = try qda("cmo", "Fixtures/LinkWorkers", "--claims", "--json")
    #expect(worked.status == 0, "\(worked.errors)")
    #expect(worked.output.contains("qda.claims/1"))
    guard let seed = shared("seed/000_cb83ef7d012e9f0b.txt") else { return }
    let printed = try qda("cmo", seed, "--as", "published-study", "--claims")
    #expect(printed.status == 0, "\(printed.errors)")
    let lines = printed.output.split(separator: "\n")
    #expect(
      lines.contains { $0.hasPrefix("1 of 22") && $0.contains("universally criticised") },
      "\(printed.output)")
  }

  @Test
  func `chosen diagrams are drawn alone`() throws {
    try withTemporaryFolder { folder in
      let result = try qda(
        "cmo", "Fixtures/LinkWorkers", "--diagrams", "--only", "CMO3", "--output", folder)
      #expect(result.status == 0, "\(result.errors)")
      let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/diagrams").sorted()
      #expect(files == ["CMO3.dot", "CMO3.graphml", "CMO3.mmd", "CMO3.svg"])
    }
    #expect(try qda("cmo", "Fixtures/LinkWorkers", "--diagrams").status == 64)
  }

  // Worked out by hand from the four sites with all scores: FEAR 1 1 1 1, COMPANY 1 .6 1 1, STAYS 1 .4 1 1.
  // Necessity of FEAR 3.4/3.4 and 3.4/4, of COMPANY 3.4/3.4 and 3.4/3.6; FEAR*COMPANY is COMPANY here.
  /// `QDA_PEERS_PYTHON` names a Python that has the package `setqca`.
  private static let peer: String? = {
    guard let path = ProcessInfo.processInfo.environment["QDA_PEERS_PYTHON"],
      (try? run([path, "-c", "import setqca"]))?.status == 0
    else { return nil }
    return path
  }()

  @Test(.enabled(if: peer != nil, "QDA_PEERS_PYTHON names no Python with setqca"))
  func `setqca reads the table as it is, and finds the same fit`() throws {
    let python = try #require(Self.peer)
    try withTemporaryFolder { folder in
      let written = try qda(
        "cmo", "Fixtures/LinkWorkers", "--sets", "CMO3", "--unit", "site", "--output", folder)
      #expect(written.status == 0)
      let script = """
        import sys, pandas, setqca
        d = pandas.read_csv(sys.argv[1], index_col="case")
        for c in ["FEAR", "COMPANY"]:
          f = setqca.necessity(d[c], d["STAYS"])
          print(c, round(f.consistency, 3), round(f.coverage, 3))
        f = setqca.sufficiency(d[["FEAR", "COMPANY"]].min(axis=1), d["STAYS"])
        print(round(f.consistency, 3), round(f.coverage, 3))
        rows = setqca.build_truth_table(d, outcome="STAYS", conditions=["FEAR", "COMPANY"]).rows
        print([(r.configuration, r.frequency) for r in rows if r.frequency])
        """
      let found = try run([python, "-c", script, folder + "/sets.csv"])
      #expect(
        found.output
          == "FEAR 1.0 0.85\nCOMPANY 1.0 0.944\n0.944 1.0\n[((1, 1), 4)]\n", "\(found.errors)")
    }
  }

  @Test
  func `a calibrated table says how its conditions fit before anything is minimised`() throws {
    try withTemporaryFolder { folder in
      let result = try qda(
        "cmo", "Fixtures/LinkWorkers", "--sets", "CMO3", "--unit", "site", "--output", folder)
      #expect(result.status == 0, "\(result.errors)")
      for words in [
        "FEAR is necessary for STAYS: consistency 1, coverage 0.85",
        "COMPANY is necessary for STAYS: consistency 1, coverage 0.944",
        "FEAR*COMPANY is sufficient for STAYS: consistency 0.944, coverage 1",
        "1 combination of conditions occurs, 1 of them with and without the outcome; 3 occur nowhere",
        "what occurs together and not what generates it",
      ] {
        #expect(result.errors.contains(words), "\(result.errors)")
      }
      let truth = try String(contentsOfFile: folder + "/sets-truth.csv", encoding: .utf8)
      #expect(
        truth
          == "FEAR,COMPANY,cases,with_outcome,without_outcome,consistency\r\n"
          + "1,1,Market; Kirk Brae; Harbour; Northfield,Market; Harbour; Northfield,Kirk Brae,0.944\r\n"
      )
    }
  }
}
