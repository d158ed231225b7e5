internal import QDA

/// The versions of a framework in the study's own keys.
struct FrameworkOverview: Encodable {
  struct Version: Encodable {
    var number: Int
    var by: String?
    var at: String?
    var why: String
    var codes: Int
    var became: [String: [String]]
    var changes: [Change]
  }

  struct Change: Encodable {
    var code: String
    var words: String
  }

  struct CodeRow: Encodable {
    var code: String
    var number: String
    var name: String
    var level: Int
    var since: Int?
  }

  struct Repointed: Encodable {
    var kind: String
    var key: String
    var from: String
    var to: String
  }

  var schema = "qda.framework/1"
  var versions: [Version]
  var codes: [CodeRow]
  var repointed: [Repointed]

  /// - Parameter repointings: What names another code since the change that was just made.
  init(_ study: OpenFolder, _ repointings: [QDA.Change.Repointing]) {
    let codebook = study.folder.project.codebook
    func name(_ id: ID<Code>) -> String {
      study.folder.label(for: .code(id)) ?? codebook.name(of: id).map { "‘\($0)’" }
        ?? study.key(.code(id))
    }
    repointed = repointings.map { one in
      let (kind, key) = Self.named(one.object, study)
      return Repointed(kind: kind, key: key, from: name(one.from), to: name(one.to))
    }
    let changes = codebook.changes
    versions = codebook.versions.map { version in
      Version(
        number: version.number, by: version.stamp.by.map { study.key(.coder($0)) },
        at: version.stamp.at?.description, why: version.why,
        codes: version.codes.isEmpty ? codebook.codes.count : version.codes.count,
        became: Dictionary(
          version.map.map { old, new in
            (name(old), new.map(name))
          }, uniquingKeysWith: { first, _ in first }),
        changes: (changes[version.number] ?? []).map {
          Change(code: name($0.code), words: $0.words(name))
        }.sorted { $0.code < $1.code })
    }
    let since = codebook.introductions
    codes = codebook.inReadingOrder.map { code in
      CodeRow(
        code: study.key(.code(code.id)), number: code.number, name: code.name,
        level: codebook.ancestors(of: code.id).count, since: since[code.id])
    }
  }

  private static func named(_ object: Object, _ study: OpenFolder) -> (kind: String, key: String) {
    switch object {
    case .note(let one): ("note", study.key(.note(one.id)))
    case .evidence(let one): ("evidence", study.key(.evidence(one.id)))
    case .case(let one): ("case", study.key(.case(one.id)))
    case .set(let one): ("set", study.key(.set(one.id)))
    case .category(let one): ("category", study.folder.key(of: one.id))
    case .typology(let one): ("typology", study.folder.key(of: one.id))
    case .explanation(let one): ("explanation", study.folder.key(of: one.id))
    case .rule(let one): ("rule", study.folder.key(of: one.id))
    default: ("object", "")
    }
  }

  /// The overview as people read it.
  var text: String {
    var lines = codes.map { code in
      String(repeating: "  ", count: code.level)
        + [code.number, code.name].filter { !$0.isEmpty }.joined(separator: " ")
        + " (\(code.code))" + (code.since.map { ", since version \($0)" } ?? "")
    }
    for version in versions {
      lines.append(
        "version \(version.number), \(version.codes) codes"
          + (version.by.map { ", by \($0)" } ?? "") + (version.at.map { ", \($0)" } ?? "")
          + ": \(version.why)")
      lines += version.changes.map { "  \($0.code) \($0.words)" }
    }
    if !repointed.isEmpty {
      lines.append("these name another code now; look whether it is the right one:")
      lines += repointed.map { "  \($0.kind) \($0.key): \($0.to), before \($0.from)" }
    }
    return lines.joined(separator: "\n")
  }
}
