import Foundation
import QDA
import QDATestSupport
import Testing

/// Projects that are damaged or hostile, as `qda` meets them, with and without `--json`.
struct BadProjectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var parts: [(String, String)]
    var status: Int32
    /// A finding or, where nothing can be read, a part of the message.
    var says: String

    var testDescription: String { name }
  }

  private static func project(_ selection: String, path: String = "internal://a.txt") -> String {
    """
    <Project name="x" origin="o"><CodeBook><Codes><Code guid="00000000-0000-0000-0000-000000000020" name="c" isCodable="true"/></Codes></CodeBook>
    <Sources><TextSource guid="00000000-0000-0000-0000-000000000010" name="P1" plainTextPath="\(path)">\(selection)</TextSource></Sources></Project>
    """
  }

  private static func selection(_ start: Int, _ end: Int, code: String = "20") -> String {
    """
    <PlainTextSelection guid="00000000-0000-0000-0000-000000000011" startPosition="\(start)" endPosition="\(end)">\
    <Coding guid="00000000-0000-0000-0000-000000000030"><CodeRef targetGUID="00000000-0000-0000-0000-0000000000\(code)"/></Coding></PlainTextSelection>
    """
  }

  private static let text = ("sources/a.txt", "one two three")
  private static let sound = project(selection(0, 3))

  static let cases = [
    Case(name: "sound", parts: [("project.qde", sound), text], status: 0, says: "refi.positions"),
    Case(
      name: "traversal",
      parts: [("project.qde", project("", path: "internal://../../a")), ("../../a", "x")],
      status: 0, says: "archive.name-refused"),
    Case(
      name: "text missing", parts: [("project.qde", sound)], status: 0, says: "refi.text-missing"),
    Case(
      name: "project missing", parts: [text], status: 3,
      says: "export the project as REFI-QDA again"),
    Case(
      name: "two projects", parts: [("a.qde", sound), ("b.qde", sound), text], status: 3,
      says: "the archive holds several projects"),
    Case(
      name: "cut off", parts: [("project.qde", String(sound.dropLast(30))), text], status: 3,
      says: "--salvage"),
    Case(
      name: "document type",
      parts: [("project.qde", "<!DOCTYPE Project [<!ENTITY a \"b\">]>" + sound), text], status: 3,
      says: "declares a document type"),
    Case(
      name: "unknown code", parts: [("project.qde", project(selection(0, 3, code: "99"))), text],
      status: 0, says: "refi.code-unknown"),
    Case(
      name: "outside", parts: [("project.qde", project(selection(4, 999))), text], status: 0,
      says: "refi.position-outside"),
    Case(
      name: "reversed", parts: [("project.qde", project(selection(7, 4))), text], status: 0,
      says: "refi.position-invalid"),
    Case(name: "empty", parts: [("project.qde", ""), text], status: 3, says: "is empty"),
  ]

  @Test(arguments: cases)
  func `a bad project is said to be what it is`(_ bad: Case) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/study.qdpx"
      try Data(HandMadeArchive(bad.parts).bytes).write(to: URL(filePath: path))
      let plain = try qda("check", path)
      #expect(plain.status == bad.status, "\(plain.errors)")
      #expect((plain.output + plain.errors).contains(bad.says))
      #expect(!(plain.output + plain.errors).contains(folder), "no path of this machine")
      let json = try qda("check", path, "--json")
      #expect(json.status == bad.status)
      let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
      let schema = (object as? [String: Any])?["schema"] as? String
      #expect(schema == (bad.status == 3 ? "qda.error/1" : "qda.findings/1"))
      #expect(json.output.contains(bad.says))
      // What can be read can be converted, and nothing is written where nothing can be read.
      let out = folder + "/out.qde"
      #expect(try qda("convert", path, out).status == bad.status)
      #expect(FileManager.default.fileExists(atPath: out) == (bad.status == 0))
    }
  }
}
