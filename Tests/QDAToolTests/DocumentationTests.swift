import Foundation
import QDATestSupport
import Testing

struct DocumentationTests {
  private func files(under folder: String, ending: String) throws -> [String] {
    let root = packageFolder + "/" + folder
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { $0.hasSuffix(ending) }.sorted().map { root + "/" + $0 }
  }

  /// The identifiers that the sources give to findings, which are always written as literals.
  private func identifiers() throws -> Set<String> {
    var found: Set<String> = []
    for file in try files(under: "Sources", ending: ".swift") {
      let source = try String(contentsOfFile: file, encoding: .utf8)
      for call in source.components(separatedBy: "Diagnostic(").dropFirst() {
        let argument = call.drop(while: \.isWhitespace)
        guard argument.first == "\"" else { continue }
        let literal = argument.dropFirst().prefix { $0 != "\"" }
        if literal.contains("."),
          literal.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) })
        {
          found.insert(String(literal))
        }
      }
    }
    return found
  }

  @Test
  func `every diagnostic has a page, and every page a diagnostic`() throws {
    let pages = try files(under: "Documentation/Diagnostics", ending: ".md").map {
      URL(filePath: $0).deletingPathExtension().lastPathComponent
    }
    #expect(try identifiers().subtracting(pages).sorted() == [], "without a page")
    #expect(Set(pages).subtracting(try identifiers()).sorted() == [], "without a diagnostic")
  }

  @Test
  func `a page names its diagnostic and says what to do`() throws {
    for file in try files(under: "Documentation/Diagnostics", ending: ".md") {
      let page = try String(contentsOfFile: file, encoding: .utf8)
      let name = URL(filePath: file).deletingPathExtension().lastPathComponent
      #expect(page.hasPrefix("# \(name)\n"), "\(name)")
      #expect(page.contains("## What to do"), "\(name)")
    }
  }

  @Test
  func `every form of JSON that a command prints is on the page of forms, and no other`() throws {
    var printed: Set<String> = []
    for file in try files(under: "Sources", ending: ".swift") {
      let source = try String(contentsOfFile: file, encoding: .utf8)
      for match in source.matches(of: /[sS]chema = "(qda\.[a-z-]+\/1)"/) {
        printed.insert(String(match.1))
      }
    }
    // These are files of a study or beside a project, and printed by no command.
    printed.subtract(["qda.project/1", "qda.rest/1", "qda.sidecar/1"])
    let page = try String(
      contentsOfFile: packageFolder + "/Documentation/CommandOutput.md", encoding: .utf8)
    let listed = Set(page.matches(of: /(?m)^\| `(qda\.[a-z-]+\/1)`/).map { String($0.1) })
    #expect(listed.count > 15)
    #expect(printed.subtracting(listed).sorted() == [], "not on the page")
    #expect(listed.subtracting(printed).sorted() == [], "printed by nothing")
  }

  @Test
  func `links between pages lead somewhere`() throws {
    let pages =
      try files(under: "Documentation", ending: ".md") + [packageFolder + "/README.md"]
    for file in pages {
      let page = try String(contentsOfFile: file, encoding: .utf8)
      let folder = URL(filePath: file).deletingLastPathComponent()
      for match in page.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
        let target = folder.appending(path: String(match.1)).standardizedFileURL.path
        #expect(FileManager.default.fileExists(atPath: target), "\(file) → \(match.1)")
      }
    }
  }
}
