import Foundation
import QDATestSupport
import Testing

struct FrameworkCommandTests {
  private func withStudy(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let study = folder + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      try body(study)
    }
  }

  @Test
  func `a merge makes a version, and the folder is read again without an error`() throws {
    try withStudy { study in
      let merge = ["--merge", "surges", "--merge", "trickle", "--into", "waiting"]
      #expect(
        try run([productsFolder + "/qda", "framework", study] + merge + ["--by", "MR"]).status
          == 64, "a version says why")
      let merged = try run(
        [productsFolder + "/qda", "framework", study] + merge
          + ["--by", "MR", "--at", "2026-03-05T10:00:00Z", "--why", "one thing"])
      #expect(merged.status == 0, "\(merged.errors)")
      #expect(merged.output.contains("version 3, 33 codes, by MR"), "\(merged.output)")
      #expect(merged.output.contains("‘Too many at once’ became waiting"))
      let check = try qda("check", study)
      #expect(check.status == 0, "\(check.output.split(separator: "\n").first ?? "")")
      #expect(check.output.contains("written for 'Too many at once'"))
    }
  }

  @Test
  func `rules propose, a person decides, and what was decided does not come again`() throws {
    try withStudy { study in
      let proposed = try qda("index", study, "--propose", "--by", "MR", "--at", "2026-03-04")
      #expect(proposed.status == 0, "\(proposed.errors)")
      #expect(proposed.output.contains("rule surgery-words, version 1: ‘the surgery’"))
      #expect(try qda("index", study, "--reject", "all", "--by", "rules").status == 1)
      let rejected = try qda("index", study, "--reject", "all", "--by", "TO", "--at", "2026-03-05")
      #expect(rejected.status == 0, "\(rejected.errors)")
      let again = try qda("index", study, "--propose", "--by", "MR", "--at", "2026-03-06")
      #expect(again.errors.contains("nothing to change"), "\(again.errors)")
      let table = try String(contentsOfFile: study + "/codings/P15.rules.csv", encoding: .utf8)
      #expect(table.contains("rejected") && table.contains("2026-03-05"))
    }
  }

  @Test
  func `the mapping of the worked study puts each case in one type or says why in none`() throws {
    let result = try qda("map", "Fixtures/LinkWorkers", "--json")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let typology = try #require((json["typologies"] as? [[String: Any]])?.first)
    let types = try #require(typology["types"] as? [[String: Any]])
    let placed = types.flatMap { $0["cases"] as? [String] ?? [] }
    // By hand: five given, three lost, two refused, and twelve that fit none.
    #expect(placed.count == 10 && Set(placed).count == 10)
    #expect((typology["unplaceable"] as? [Any])?.count == 12)
    #expect((typology["unplaced"] as? [Any])?.isEmpty == true)
  }

  @Test
  func `a code is defined anew, and a rename, a move and a new meaning are said in words`() throws {
    try withStudy { study in
      let why = ["--by", "TO", "--at", "2026-03-05", "--why", "read again"]
      func framework(_ step: String...) throws -> CommandResult {
        try run([productsFolder + "/qda", "framework", study] + step + why)
      }
      #expect(try framework("--rename", "gp-use", "--name", "Surgery").status == 0)
      #expect(try framework("--move", "gp-use", "--under", "door", "--number", "1.5").status == 0)
      let last = try framework("--redefine", "gp-use", "--definition", "Visits to the surgery.")
      for words in [
        "gp-use was renamed ‘Surgery’", "gp-use was moved under door, numbered 1.5",
        "gp-use was defined anew",
      ] {
        #expect(last.output.contains(words), "\(last.output)")
      }
      let book = try String(contentsOfFile: study + "/codebook.yaml", encoding: .utf8)
      #expect(book.contains("definition: Visits to the surgery."))
      // What was not said anew stays.
      #expect(book.contains("include: Reasons for going; going more for good reason; going late."))
      let refused = try framework("--delete", "accompanying")
      #expect(refused.status == 1 && refused.errors.contains("categories (9)"), "\(refused.errors)")
      #expect(try framework("--rename", "gp-use", "--name", "X", "--under", "door").status == 64)
      #expect(try framework("--definition", "nobody knows of what").status == 64)
    }
  }

  @Test
  func `what somebody has read is a row of its own, under a key that people can read`() throws {
    try withStudy { study in
      for _ in 1...2 {
        let read = try qda(
          "index", study, "--read", "P04.txt", "--purpose", "checking", "--by", "TO", "--at",
          "2026-03-05")
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output.contains("checking under version 2 by TO"))
      }
      let rows = try String(contentsOfFile: study + "/readings.csv", encoding: .utf8)
      #expect(rows.contains("P04-checking-TO,P04.txt,checking,2,TO,2026-03-05"))
      #expect(rows.contains("P04-checking-TO-2,P04.txt,checking,2,TO,2026-03-05"))
      #expect(!FileManager.default.fileExists(atPath: study + "/exchange/rest.json"))
      let json = try qda("index", study, "--json").output
      let index = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let sources = try #require(index["sources"] as? [[String: Any]])
      let own = try #require(sources.first { $0["source"] as? String == "P04" })
      #expect((own["readings"] as? [[String: Any]])?.count == 3)
      // Sites speak in their members' words; nobody reads them.
      #expect((index["withoutNote"] as? [String])?.count == 20)
    }
  }

  @Test
  func `a view of cells tells verbatim, summary and comment apart, and shows both authors`() throws
  {
    let text = try qda("map", "Fixtures/LinkWorkers", "--within", "P9").output
    // By hand, from charts/1.csv: two people wrote P9's cell on company.
    #expect(text.contains("“walk up the brae with them and in the door”"), "\(text)")
    #expect(text.contains("{Workload, unlike P22.}"))
    #expect(text.contains("\n  otherwise TO: "))
    let json = try qda("map", "Fixtures/LinkWorkers", "--within", "P9", "--json").output
    let table = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let cells = try #require(table["cells"] as? [[String: Any]])
    let own = try #require(cells.first { $0["code"] as? String == "accompanying" })
    let kinds = (own["stretches"] as? [[String: Any]])?.compactMap { $0["kind"] as? String }
    #expect(Set(kinds ?? []) == ["verbatim", "summary", "comment"])
    #expect((own["alternatives"] as? [[String: Any]])?.first?["author"] as? String == "TO")
  }

  @Test
  func `options that exclude each other, or that nothing asks for, are refused`() throws {
    let study = "Fixtures/LinkWorkers"
    for wrong in [
      ["map", study, "--within", "P9", "--between", "accompanying"],
      ["map", study, "--with-interviewers"], ["map", study, "--order", "age"],
      ["chart", study, "--to", "-", "--renew", "P9/accompanying"],
      ["framework", study, "--under", "door"],
    ] {
      let result = try run([productsFolder + "/qda"] + wrong)
      #expect(result.status == 64, "\(wrong): \(result.output.prefix(80))")
    }
  }

  @Test
  func `a new Other gets a key that no code ever had, and the version says that it came`() throws {
    try withStudy { study in
      let why = ["--by", "TO", "--at", "2026-03-05", "--why", "as in the book"]
      func framework(_ step: String...) throws -> CommandResult {
        try run([productsFolder + "/qda", "framework", study] + step + why)
      }
      // The study has two versions.
      #expect(try framework("--add", "ends=Endings").status == 0)
      #expect(try framework("--add", "last=The last visit", "--under", "ends").status == 0)
      let first = try framework("--renumber")
      #expect(first.output.contains("(ends-other), since version 5"), "\(first.output)")
      #expect(first.output.contains("  ends-other was added under ends"), "\(first.output)")
      #expect(try framework("--delete", "ends-other").status == 0)
      let second = try framework("--renumber")
      #expect(second.output.contains("(ends-other-2), since version 7"), "\(second.output)")
      #expect(second.output.contains("  ends-other-2 was added under ends"))
      #expect(!second.output.contains("(ends-other),"))
    }
  }

  @Test
  func `a number in use is refused, and one that two codes have names neither`() throws {
    try withStudy { study in
      let why = ["--by", "TO", "--at", "2026-03-05", "--why", "tidier"]
      func framework(_ step: String...) throws -> CommandResult {
        try run([productsFolder + "/qda", "framework", study] + step + why)
      }
      let taken = try framework("--add", "late=Coming late", "--under", "door", "--number", "1.2")
      #expect(taken.status == 1 && taken.errors.contains("matching"), "\(taken.errors)")
      let book = study + "/codebook.yaml"
      let text = try String(contentsOfFile: book, encoding: .utf8)
      try Data(text.replacing("number: \"1.3\"", with: "number: \"1.2\"").utf8).write(
        to: URL(filePath: book))
      let both = try framework("--rename", "1.2", "--name", "Company")
      #expect(both.status == 64)
      #expect(
        both.errors.contains("'1.2' is the number of matching and accompanying"), "\(both.errors)")
    }
  }

  @Test
  func `a split says what names another code now`() throws {
    try withStudy { study in
      let split = try run(
        [productsFolder + "/qda", "framework", study]
          + ["--split", "accompanying", "--part", "company=Somebody beside", "--part"]
          + ["entry=Over the threshold", "--rest", "entry", "--by", "MR", "--at", "2026-03-05"]
          + ["--why", "two things"])
      #expect(split.status == 0, "\(split.errors)")
      // Nine categories stand on it: see what is refused when it is deleted.
      let lines = split.output.split(separator: "\n").filter { $0.hasPrefix("  category ") }
      #expect(lines.count == 9 && lines.allSatisfy { $0.contains(": entry, before ") })
    }
  }

  @Test
  func `a split that says too little or something wrong is refused, with what it takes`() throws {
    try withStudy { study in
      let codebook = study + "/codebook.yaml"
      let before = try String(contentsOfFile: codebook, encoding: .utf8)
      let parts = ["--part", "a=A", "--part", "b=B"]
      // P03-MR-12 is a coding of waiting, P03-MR-13 one of accompanying.
      let wrong: [([String], Int32, String)] = [
        (
          parts + ["--assign", "P03-MR-12=a", "--rest", "b"], 1, "P03-MR-12 is a coding of waiting"
        ),
        (parts + ["--assign", "P03-MR-13=zz", "--rest", "b"], 64, "'zz'"),
        (parts + ["--rest", "c"], 64, "'c', which is no part of the split; the parts are a, b"),
        (
          parts + ["--assign", "P03-MR-13=a", "--assign", "P03-MR-13=b", "--rest", "b"], 64,
          "P03-MR-13 to a and to b"
        ),
        (["--part", "a=A", "--part", "a=B", "--rest", "a"], 64, "'a' twice"),
        (["--part", "a=A", "--part", "waiting=B", "--rest", "a"], 1, "'waiting' already"),
        (["--part", "Bad Key=A", "--rest", "Bad Key"], 64, "not 'Bad Key'"),
        (parts, 1, "P01-MR-05, P01-MR-06"), (parts, 1, "--rest"),
      ]
      for (arguments, status, words) in wrong {
        let result = try run(
          [productsFolder + "/qda", "framework", study, "--split", "accompanying"] + arguments
            + ["--by", "MR", "--at", "2026-03-05", "--why", "two things"])
        #expect(result.status == status, "\(arguments): \(result.status)")
        #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
      }
      #expect(try String(contentsOfFile: codebook, encoding: .utf8) == before)
    }
  }

  @Test
  func `a theme that is split leaves its subthemes under the rest and lists them`() throws {
    try withStudy { study in
      func split(_ rest: String...) throws -> CommandResult {
        try run(
          [productsFolder + "/qda", "framework", study, "--split", "flow", "--part", "load=Load"]
            + ["--part", "queueing=Queueing"] + rest
            + ["--by", "MR", "--at", "2026-03-05", "--why", "two things"])
      }
      let refused = try split()
      #expect(refused.status == 1)
      #expect(
        refused.errors.contains("5 subthemes") && refused.errors.contains("surges, trickle"),
        "\(refused.errors)")
      let done = try split("--rest", "load")
      #expect(done.status == 0, "\(done.errors)")
      for code in ["surges", "trickle", "waiting", "scatter", "flow-other"] {
        #expect(done.output.contains("  \(code) was moved under load"), "\(code)")
      }
    }
  }

  @Test
  func `a code has a key without blanks, a name, and a number without blanks around it`() throws {
    try withStudy { study in
      func framework(_ step: String...) throws -> CommandResult {
        try run(
          [productsFolder + "/qda", "framework", study] + step
            + ["--by", "TO", "--at", "2026-03-05", "--why", "tidier"])
      }
      for wrong in [
        ["--add", "a b=X"], ["--add", "queue2="], ["--rename", "waiting", "--name", " "],
      ] {
        let result = try run(
          [productsFolder + "/qda", "framework", study] + wrong
            + ["--by", "TO", "--at", "2026-03-05", "--why", "tidier"])
        #expect(result.status == 64, "\(wrong): \(result.output.suffix(200))")
      }
      // 2.3 is the number of waiting.
      for number in [" 2.3", "2.3 "] {
        let taken = try framework("--add", "late=Late", "--under", "flow", "--number", number)
        #expect(taken.status == 1 && taken.errors.contains("waiting"), "\(taken.errors)")
      }
      #expect(try framework("--add", "late=Late", "--number", " 9 ").output.contains("\n9 Late ("))
    }
  }

  @Test
  func `saturation without a run after the base says so, and reaches nothing`() throws {
    let text = try qda("map", "Fixtures/LinkWorkers", "--saturation", "--base", "22").output
    #expect(text.contains("no case is left after the base"), "\(text.suffix(300))")
    #expect(!text.contains("never reached") && !text.contains("orders"))
    let one = try qda("map", "Fixtures/LinkWorkers", "--saturation", "--base", "21").output
    #expect(one.contains("after the base 1 are left, and a run has 2"))
    let usual = try qda("map", "Fixtures/LinkWorkers", "--saturation").output
    #expect(usual.contains("of 22 orders, one beginning with each case and this one among them"))
  }
}
