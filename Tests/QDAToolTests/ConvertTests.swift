import Foundation
import QDA
import QDATestSupport
import Testing

/// `qda convert` as people type it.
struct ConvertTests {
  private let study = "Fixtures/LinkWorkers"

  @Test
  func `a study goes to a file and comes back as it was`() throws {
    try withTemporaryFolder { folder in
      let out = try qda("convert", study, folder + "/study.qdpx", "--for", "nvivo")
      #expect(out.status == 0, "\(out.errors)")
      #expect(out.output.contains("[exchange.in-sidecar]"))
      #expect(out.errors.contains("study.qda.json: written"))
      let back = try qda("convert", folder + "/study.qdpx", folder + "/Back")
      #expect(back.status == 0, "\(back.errors)")
      let first = try StudyFolder.read(at: packageFolder + "/" + study).value.project
      let second = try StudyFolder.read(at: folder + "/Back").value.project
      #expect(second.cells == first.cells)
      #expect(second.configurations == first.configurations)
      #expect(second.evidence == first.evidence)
      #expect(second.codings == first.codings)
      #expect(second == first)
    }
  }

  @Test
  func `nothing is replaced or lost against one's will`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/study.qde"
      let strict = try qda("convert", study, path, "--no-sidecar", "--strict")
      #expect(strict.status == 1)
      #expect(strict.output.contains("[exchange.not-held]"))
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(try qda("convert", study, path).status == 0)
      let again = try qda("convert", study, path)
      #expect(again.status == 1)
      #expect(again.errors.contains("--force"))
      #expect(try qda("convert", study, path, "--force").status == 0)
    }
  }

  @Test
  func `a sidecar of another file is neither replaced nor left beside a new one`() throws {
    try withTemporaryFolder { folder in
      #expect(try qda("convert", study, folder + "/a.qdpx").status == 0)
      let sidecar = try Data(contentsOf: URL(filePath: folder + "/a.qda.json"))
      let other = "Fixtures/Exchange/taguette/allotment.sqlite3"
      let second = try qda("convert", other, folder + "/a.qde")
      #expect(second.status == 1)
      #expect(second.errors.contains("a.qda.json: error: it is there already"))
      let bare = try qda("convert", other, folder + "/a.qde", "--no-sidecar", "--force")
      #expect(bare.status == 1)
      #expect(bare.errors.contains("move it away"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/a.qde"))
      #expect(try Data(contentsOf: URL(filePath: folder + "/a.qda.json")) == sidecar)
      // One that got there all the same is not taken for the file's own.
      #expect(try qda("convert", other, folder + "/b.qde", "--no-sidecar").status == 0)
      try sidecar.write(to: URL(filePath: folder + "/b.qda.json"))
      let read = try qda("check", folder + "/b.qde")
      #expect(read.status == 1)
      #expect(read.output.contains("[exchange.sidecar-foreign]"))
    }
  }

  @Test
  func `a codebook without codes, and losses that are notes under --strict, are refused`() throws {
    try withTemporaryFolder { folder in
      let empty = "<Project name=\"x\" origin=\"o\"/>"
      try Data(empty.utf8).write(to: URL(filePath: folder + "/x.qde"))
      let codebook = try qda("convert", folder + "/x.qde", folder + "/x.qdc")
      #expect(codebook.status == 1)
      #expect(codebook.errors.contains("there are no codes"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/x.qdc"))
      let rqda = "Fixtures/Exchange/rqda/allotment.rqda"
      let strict = try qda("convert", rqda, folder + "/r.qdpx", "--strict")
      #expect(strict.status == 1)
      #expect(strict.output.contains("[database.left-out]"))
    }
  }

  @Test
  func `a codebook goes to standard output`() throws {
    let result = try qda("convert", study, "-", "--to", "qdc")
    #expect(result.status == 0, "\(result.errors)")
    #expect(schemaErrors(Array(result.output.utf8), schema: "Codebook.xsd") == [])
    #expect(result.errors.contains("a coding"))
    #expect(try qda("convert", study, "-", "--to", "qdpx").status == 64)
    #expect(try qda("convert", study, "x.pages").status == 64)
  }

  /// Every tool's project or report, as it is given on the command line.
  private static let foreign: [[String]] = [
    ["Fixtures/Exchange/taguette/allotment.sqlite3"],
    ["Fixtures/Exchange/qualcoder/Allotment.qda"],
    ["Fixtures/Exchange/rqda/allotment.rqda"],
    ["Fixtures/Exchange/NVivoCodeReport/Hope.txt", "--texts", "Fixtures/Exchange/NVivoCodeReport"],
    ["Fixtures/Exchange/NVivoCodeReport/Hope.txt"],
    ["Fixtures/Exchange/ATLASti/unit.xml"],
    ["Fixtures/Exchange/MAXQDA/segments.xlsx"],
    ["Fixtures/Exchange/Dedoose/excerpts.xlsx", "--as", "dedoose-excerpts"],
    ["Fixtures/Exchange/Codebooks/nvivo.xlsx"],
  ]

  @Test(arguments: foreign)
  func `another tool's project becomes an archive and a clean study folder`(
    input: [String]
  ) throws {
    try withTemporaryFolder { folder in
      let archive = try run(
        [productsFolder + "/qda", "convert"] + input
          + [folder + "/a.qdpx", "--accounts", "--paths"])
      #expect(archive.status == 0, "\(archive.errors)")
      let direct = try run([productsFolder + "/qda", "convert"] + input + [folder + "/Direct"])
      #expect(direct.status == 0, "\(direct.errors)")
      let back = try qda("convert", folder + "/a.qdpx", folder + "/Back")
      #expect(back.status == 0, "\(back.errors)")
      let first = try StudyFolder.read(at: folder + "/Direct")
      #expect(try StudyFolder.read(at: folder + "/Back").value.project == first.value.project)
      #expect(try ProjectReader.read(contentsOf: folder + "/a.qdpx").value == first.value.project)
      let check = try qda("check", folder + "/Direct")
      // Words that the other tool itself has at a wrong place are no fault of the folder.
      let errors = check.output.split(separator: "\n").filter {
        $0.contains(": error: ") && !$0.contains("[coding.orphaned]")
      }
      #expect(errors == [])
    }
  }
}
