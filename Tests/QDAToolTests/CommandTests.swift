import Foundation
import QDATestSupport
import Testing

/// The commands as people type them, in a process of their own.
struct CommandTests {
  private let study = "Fixtures/LinkWorkers"

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test
  func `a report of the worked study is written, and the command says where`() throws {
    try withTemporaryFolder { folder in
      let result = try qda("report", study, "--output", folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("index.html"))
      for file in ["index.html", "report.json", "report.md", "register.csv"] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(file)"), "\(file)")
      }
      let page = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
      #expect(!page.contains("src=\"http") && !page.contains("href=\"http"), "needs no network")
    }
  }

  @Test
  func `the same study gives the same bytes`() throws {
    try withTemporaryFolder { first in
      try withTemporaryFolder { second in
        for folder in [first, second] {
          #expect(try qda("report", study, "--output", folder).status == 0)
        }
        for file in try FileManager.default.subpathsOfDirectory(atPath: first).sorted()
        where file.contains(".") {
          #expect(
            FileManager.default.contents(atPath: "\(first)/\(file)")
              == FileManager.default.contents(atPath: "\(second)/\(file)"), "\(file)")
        }
      }
    }
  }

  @Test
  func `checking lists findings with file, line and column`() throws {
    let result = try qda("check", study)
    #expect(result.status == 0, "\(result.output)")
    #expect(
      result.output.contains("participants.csv:18:39: warning:"), "participant 17's age band")
    #expect(result.output.contains("[participant.age-band-reversed]"))
    #expect(result.output.contains("[cmo.reasoning-missing]"))
    let findings = try json(try qda("check", study, "--json").output)
    let list = try #require(findings["diagnostics"] as? [[String: Any]])
    let band = try #require(list.first { $0["id"] as? String == "participant.age-band-reversed" })
    #expect(band["file"] as? String == "participants.csv")
    #expect(band["line"] as? Int == 18)
    #expect(band["raw"] as? String == "26–25")
  }

  @Test
  func `any finding ends a strict check with exit code 1`() throws {
    #expect(try qda("check", study, "--strict").status == 1)
  }

  @Test
  func `what cannot be read ends with exit code 3 and says so`() throws {
    let result = try qda("check", "Fixtures/NoSuchStudy")
    #expect(result.status == 3)
    #expect(result.errors.contains("Fixtures/NoSuchStudy"))
    #expect(result.output.isEmpty)
    #expect(try qda("report", "Package.swift", "--output", "/dev/null/x").status == 3)
  }

  @Test
  func `a report never replaces the files of a study`() throws {
    let result = try qda("report", study, "--output", study)
    #expect(result.status == 1)
    #expect(result.errors.contains("name another"))
  }

  @Test
  func `a folder that is no study does not pass a check`() throws {
    let result = try qda("check", "Fixtures")
    #expect(result.status == 3)
    #expect(result.errors.contains("study.yaml"))
  }

  @Test
  func `wrong usage ends with exit code 64`() throws {
    #expect(try qda("check").status == 64)
    #expect(try qda("chek", study).status == 64)
    #expect(try qda("import", study, "--as", "published").status == 64)
    #expect(
      try qda("import", "x", "--as", "published-study", "--expect-sha256", "abc").status == 64)
  }

  @Test
  func `transcripts are listed with format, layout, speakers and turns`() throws {
    let result = try qda("import", study + "/transcripts", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let rows = try #require(try json(result.output)["transcripts"] as? [[String: Any]])
    #expect(rows.count == 22)
    #expect(
      Set(rows.compactMap { $0["format"] as? String }) == [
        "plain-text", "docx", "webvtt", "markdown",
      ])
    let words = rows.compactMap { $0["words"] as? Int }
    #expect(words.allSatisfy { (600...1500).contains($0) }, "\(words)")
  }

  @Test
  func `a folder of transcripts is listed with its subfolders`() throws {
    try withTemporaryFolder { folder in
      let inner = folder + "/round 1"
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
      let text = "Date: 3 May 2026\n\nI: How?\nP1: So.\nI: Why?\nP1: Because.\n"
      try Data(text.utf8).write(to: URL(filePath: inner + "/P1.txt"))
      try Data(text.utf8).write(to: URL(filePath: folder + "/P2.txt"))
      try Data(text.utf8).write(to: URL(filePath: inner + "/.hidden.txt"))
      let result = try qda("import", folder, "--json")
      let rows = try #require(try json(result.output)["transcripts"] as? [[String: Any]])
      #expect(rows.compactMap { $0["file"] as? String } == ["P2.txt", "round 1/P1.txt"])
      let fields = try #require(rows[0]["metadata"] as? [[String: String]])
      #expect(fields == [["name": "Date", "value": "3 May 2026"]])
    }
  }

  @Test
  func `a transcript is read from standard input`() throws {
    let result = try qda(
      "import", "-", "--json", input: "I: How?\nP1: So.\nI: Why?\nP1: Because.\n")
    #expect(result.status == 0, "\(result.errors)")
    let rows = try #require(try json(result.output)["transcripts"] as? [[String: Any]])
    #expect(rows.first?["turns"] as? Int == 4)
  }

  @Test
  func `a new study can be checked at once, and is never overwritten`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/Tea"
      #expect(try qda("init", path, "--title", "Über \"tea\": a study").status == 0)
      try Data("I: Hot?\nP1: Aye.\nI: Sugar?\nP1: No.\n".utf8).write(
        to: URL(filePath: path + "/transcripts/P1.txt"))
      let result = try qda("check", path)
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("[study.transcript-without-participant]"))
      #expect(try qda("init", path, "--title", "Again").status == 1)
    }
  }

  @Test
  func `help lists the commands and the exit codes`() throws {
    let help = try qda("--help")
    #expect(help.status == 0)
    for word in ["init", "import", "check", "report", "script", "Exit codes"] {
      #expect(help.output.contains(word), "\(word)")
    }
  }
}

/// The scripts of the documentation, run as the documentation says.
struct ExampleTests {
  private let examples = "Documentation/Examples/"

  @Test
  func `codes and codings by hand`() throws {
    let result = try qda("script", examples + "CodeByHand.swift")
    #expect(
      result.output == """
        P1: …With a kettle. [She walked them in herself], the first few weeks.
        after undo: 0 codings

        """, "\(result.errors)")
  }

  @Test
  func `a folder of transcripts`() throws {
    let result = try qda(
      "script", examples + "ReadTranscripts.swift", "Fixtures/LinkWorkers/transcripts")
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").filter { $0.hasPrefix("P") }
    #expect(lines.count == 22)
    #expect(lines.first == "P01.txt: 30 turns; Interviewer 15, P1 15")
  }

  @Test
  func `a chart as CSV`() throws {
    let result = try qda("script", examples + "ChartToCSV.swift", "Fixtures/LinkWorkers", "1")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("case,1.1 "))
    #expect(result.output.contains("\nP22,"))
  }

  @Test
  func `the configurations of one role category`() throws {
    let result = try qda(
      "script", examples + "ConfigurationsOfOneRole.swift", "Fixtures/LinkWorkers", "Employer")
    #expect(result.output.hasPrefix("9 of 22 participants are Employer\n"), "\(result.errors)")
    #expect(result.output.contains("CMO12 "))
  }

  @Test
  func `who contradicts what`() throws {
    let result = try qda("script", examples + "WhoContradictsWhat.swift", "Fixtures/LinkWorkers")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("CMO12 "))
    #expect(result.output.contains("  P9 (P09.txt, line "), "an employer who never had the say")
  }

  @Test
  func `every example is run here`() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: packageFolder + "/" + examples)
    #expect(
      Set(names) == [
        "ChartToCSV.swift", "CodeByHand.swift", "ConfigurationsOfOneRole.swift",
        "ReadTranscripts.swift", "WhoContradictsWhat.swift",
      ])
  }

  @Test(arguments: ["check", "report", "import"])
  func `an input that cannot be read is an error object under --json`(verb: String) throws {
    try withTemporaryFolder { folder in
      let input = folder + "/nowhere.txt"
      let result =
        try verb == "report"
        ? qda(verb, input, "--json", "--output", folder + "/out") : qda(verb, input, "--json")
      #expect(result.status == 3)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(object["schema"] as? String == "qda.error/1")
      #expect((object["error"] as? String)?.contains("nowhere.txt") == true)
    }
  }

  @Test
  func `wrong usage is an error object under --json, and help is none`() throws {
    for wrong in [
      ["map", "Fixtures/LinkWorkers", "--together", "nope"],
      ["map", "Fixtures/LinkWorkers", "--saturation", "--base", "0"],
      ["map", "Fixtures/LinkWorkers", "--saturation", "--threshold", "nan"],
      ["map", "Fixtures/LinkWorkers", "--saturation", "--threshold", "inf"],
      ["map", "Fixtures/LinkWorkers", "--saturation", "--threshold", "101"],
    ] {
      let result = try run([productsFolder + "/qda"] + wrong + ["--json"])
      #expect(result.status == 64, "\(wrong)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(object["schema"] as? String == "qda.error/1" && object["exitCode"] as? Int == 64)
      #expect((object["error"] as? String)?.contains(wrong[wrong.count - 2]) == true, "\(object)")
    }
    let help = try qda("map", "--help", "--json")
    #expect(help.status == 0 && !help.output.contains("qda.error"))
  }

  @Test(arguments: ["index", "framework", "chart", "map"])
  func `a verb for study folders says how one is made of its input`(verb: String) throws {
    let published = try qda(verb, "study.txt", "--as", "published-study")
    #expect(published.status == 3)
    #expect(published.errors.contains("qda convert study.txt FOLDER --as published-study"))
    let transcript = try qda(verb, "Fixtures/LinkWorkers/transcripts/P01.txt")
    #expect(transcript.status == 3 && transcript.errors.contains("qda init"))
  }

  @Test
  func `an empty name of a folder is wrong usage`() throws {
    let result = try qda("init", "", "--title", "x")
    #expect(result.status == 64)
    #expect(result.errors.contains("FOLDER"))
  }

  @Test
  func `a new study is told that it has no transcripts and no participants`() throws {
    try withTemporaryFolder { folder in
      #expect(try qda("init", folder + "/study", "--title", "New").status == 0)
      let result = try qda("check", folder + "/study")
      #expect(result.status == 0)
      #expect(result.output.contains("[study.no-transcripts]"))
      #expect(result.output.contains("[study.no-participants]"))
    }
  }

  @Test
  func `a line end in the name of a file makes no second finding`() throws {
    try withTemporaryFolder { folder in
      try Data("format: 1\nid: a\n".utf8).write(to: URL(filePath: folder + "/study.yaml"))
      let name = "x\ncodebook.yaml:1:1: error: made up [made.up]"
      try Data().write(to: URL(filePath: folder + "/" + name))
      let lines = try qda("check", folder).output.split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("x\\ncodebook.yaml") })
      #expect(!lines.contains { $0.hasPrefix("codebook.yaml") })
    }
  }

  @Test
  func `completing a study writes ids beside positions`() throws {
    try withTemporaryFolder { folder in
      for (file, text) in [
        ("study.yaml", "format: 1\nid: a\ncoders: [{id: AB, name: A}]\n"),
        ("codebook.yaml", "codes: [{id: one, name: One, definition: D}]\n"),
        ("transcripts/P1.txt", "I: So?\n\nP1: It was cold.\n"),
        ("codings/P1.AB.csv", "quote,code\nIt was cold,one\n"),
      ] {
        let url = URL(filePath: folder + "/" + file)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      #expect(try qda("check", folder, "--fix").status == 0)
      let table = try String(contentsOfFile: folder + "/codings/P1.AB.csv", encoding: .utf8)
      let lines = table.split(separator: "\n").map { $0.split(separator: ",") }
      let column = try #require(lines.first?.firstIndex(of: "id"))
      let key = try #require(lines.last?[column])
      #expect(!key.isEmpty)
      // The same ids the second time: nothing is written.
      #expect(try qda("check", folder, "--fix").errors.contains("written") == false)
    }
  }
}
