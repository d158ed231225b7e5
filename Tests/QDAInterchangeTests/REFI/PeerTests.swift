import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

private let peersPython: String? = {
  guard let path = ProcessInfo.processInfo.environment["QDA_PEERS_PYTHON"],
    (try? run([path, "-c", "import pyrefiqda, qdapy"]))?.status == 0
  else { return nil }
  return path
}()

/// Other programs load what is written here, and what they write is read.
///
/// `QDA_PEERS_PYTHON` names a Python that has the packages `pyrefiqda` and `qdapy`; without it the
/// tests are skipped.
@Suite(.enabled(if: peersPython != nil, "QDA_PEERS_PYTHON names no Python with the peers"))
struct PeerTests {
  /// A project of texts as the peers know it.
  private func project() -> Project {
    var project = Project.generated(seed: 7, sources: 4)
    // qdapy refuses links between objects that it does not know.
    (project.cells, project.configurations, project.evidence) = ([:], [], [])
    (project.links, project.theory) = ([], [])
    return project
  }

  private func json(_ script: String, _ arguments: String...) throws -> [String: String] {
    let python = try #require(peersPython)
    let result = try run([python, "-c", script] + arguments)
    #expect(result.status == 0, "\(result.errors.suffix(400))")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(object as? [String: String])
  }

  private func quotes(_ project: Project) throws -> [String: String] {
    var quotes: [String: String] = [:]
    for passage in project.sources.flatMap({ project.codings.passages(in: $0.id) }) {
      quotes[passage.id.description] = try project.quote(of: passage)
    }
    return quotes
  }

  private func write(_ project: Project, to path: String) throws {
    _ = try #require(ProjectWriter(project, as: .qdpx)).write(to: path)
  }

  @Test
  func `pyrefiqda finds every passage's words, and what it writes reads the same`() throws {
    let project = project()
    try withTemporaryFolder { folder in
      try write(project, to: folder + "/study.qdpx")
      let found = try json(
        """
        import sys, json
        from pyrefiqda import RefiProject
        d = sys.argv[1]
        p = RefiProject.load(d + "/study.qdpx", extract_dir=d + "/out")
        found = {}
        for s in p.sources.text_source:
          path = RefiProject.resolve_source_path(s.plain_text_path, d + "/out")
          text = open(path, encoding="utf-8-sig", newline="").read()
          for x in s.plain_text_selection:
            found[x.guid] = text[x.start_position:x.end_position]
        RefiProject.save(p, d + "/again.qdpx", source_media_dir=d + "/out/sources")
        print(json.dumps(found))
        """, folder)
      let expected = try quotes(project)
      #expect(found == expected)
      let again = try ProjectReader.read(contentsOf: folder + "/again.qdpx").value
      #expect(try quotes(again) == expected)
      let accepted = project.codings.all.filter { $0.status == .accepted }
      #expect(Set(again.codings.all.map(\.id)) == Set(accepted.map(\.id)))
      #expect(again.codebook.codes.map(\.id) == project.codebook.inReadingOrder.map(\.id))
    }
  }

  @Test
  func `qdapy finds every coded passage's words`() throws {
    let project = project()
    try withTemporaryFolder { folder in
      try write(project, to: folder + "/study.qdpx")
      let found = try json(
        """
        import sys, json
        from qdapy.qdpx import read_qdpx
        f = read_qdpx(sys.argv[1] + "/study.qdpx", warn=False).fragments
        rows = [[str(a), str(b), t] for a, b, t in zip(f.positionStart, f.positionEnd, f.text)]
        print(json.dumps({"rows": json.dumps(sorted(rows))}))
        """, folder)
      let accepted = project.codings.all.filter { $0.status == .accepted }
      let rows = try JSONSerialization.jsonObject(with: Data((found["rows"] ?? "").utf8))
      let expected = try accepted.map { coding in
        let passage = try #require(project.codings[coding.passage])
        let span = try #require(passage.span)
        return ["\(span.start)", "\(span.end)", try project.quote(of: passage)]
      }
      let read = try #require(rows as? [[String]])
      #expect(
        read.map { $0.joined(separator: "|") }.sorted()
          == expected.map { $0.joined(separator: "|") }.sorted())
    }
  }
}
