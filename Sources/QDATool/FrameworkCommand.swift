internal import ArgumentParser
internal import Foundation
internal import QDA

/// Edits the thematic framework and carries codings and cells along.
struct FrameworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "framework",
    abstract: "Show the versions of the framework, or make the next one.",
    discussion: """
      Codings, cells, notes and evidence go with their codes; the new version says what became of each \
      code, and why. Codes are named by key or number.

        qda framework STUDY --merge 2.1 --merge 2.2 --into flow --by MR --why "one thing after all"
        qda framework STUDY --split 2.1 --part "surges=Too many at once" --part "lulls=Too few" \\
          --assign P03-MR-04=lulls --rest surges --by MR --why "two things after all"
      """)

  @OptionGroup var options: InputOptions

  @Option(help: ArgumentHelp("Merge a code; may be repeated.", valueName: "code"))
  var merge: [String] = []

  @Option(help: ArgumentHelp("With --merge, the code that the others go into.", valueName: "code"))
  var into: String?

  @Option(help: ArgumentHelp("Split a code.", valueName: "code"))
  var split: String?

  @Option(help: ArgumentHelp("With --split, a new code; may be repeated.", valueName: "key=name"))
  var part: [String] = []

  @Option(
    help: ArgumentHelp(
      "With --split, the part that a coding goes to; may be repeated.", valueName: "coding=key"))
  var assign: [String] = []

  @Option(
    help: ArgumentHelp("With --split, the part that all other codings go to.", valueName: "key"))
  var rest: String?

  @Option(help: ArgumentHelp("Move a code under --under, or make it a theme.", valueName: "code"))
  var move: String?

  @Option(help: ArgumentHelp("Add a code under --under, or a theme.", valueName: "key=name"))
  var add: String?

  @Option(help: ArgumentHelp("With --move and --add, the code above.", valueName: "code"))
  var under: String?

  @Option(help: ArgumentHelp("Rename a code to --name.", valueName: "code"))
  var rename: String?

  @Option(help: "With --rename, the new name.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Define a code anew: --definition, --include and --exclude, or what they were.",
      valueName: "code"))
  var redefine: String?

  @Option(help: "With --redefine, what the code means.") var definition: String?
  @Option(help: "With --redefine, when to use it.") var include: String?
  @Option(help: "With --redefine, when not to use it.") var exclude: String?

  @Option(help: "With --rename, --move and --add, the number.")
  var number: String?

  @Option(help: ArgumentHelp("Delete a code that nothing uses.", valueName: "code"))
  var delete: String?

  @Flag(
    help: "Number all codes by their places, and give each theme with subthemes an Other.")
  var renumber = false

  @OptionGroup(title: "Options for changes") var change: ChangeOptions

  func validate() throws {
    let steps = [
      !merge.isEmpty, split != nil, move != nil, add != nil, rename != nil, delete != nil,
      redefine != nil, renumber,
    ]
    if steps.count(where: \.self) > 1 {
      throw ValidationError("one step makes one version; take one at a time.")
    }
    if !merge.isEmpty, into == nil { throw ValidationError("--merge needs --into.") }
    if split != nil, part.isEmpty { throw ValidationError("--split needs --part.") }
    if rename != nil, name == nil { throw ValidationError("--rename needs --name.") }
    let meaning = definition ?? include ?? exclude
    if redefine != nil, meaning == nil {
      throw ValidationError("--redefine needs --definition, --include or --exclude.")
    }
    let parts: [(name: String, isGiven: Bool, isWanted: Bool, owner: String)] = [
      ("--into", into != nil, !merge.isEmpty, "--merge"),
      ("--part", !part.isEmpty, split != nil, "--split"),
      ("--assign", !assign.isEmpty, split != nil, "--split"),
      ("--rest", rest != nil, split != nil, "--split"),
      ("--under", under != nil, move != nil || add != nil, "--move or --add"),
      ("--name", name != nil, rename != nil, "--rename"),
      (
        "--number", number != nil, rename != nil || move != nil || add != nil,
        "--rename, --move or --add"
      ),
      ("--definition, --include and --exclude", meaning != nil, redefine != nil, "--redefine"),
    ]
    if let part = parts.first(where: { $0.isGiven && !$0.isWanted }) {
      throw ValidationError("\(part.name) goes with \(part.owner).")
    }
  }

  mutating func run() throws {
    let command = self
    try exiting(json: command.options.json) {
      var study = try OpenFolder(command.options)
      var repointings: [Change.Repointing] = []
      let edits = try command.renumber ? command.numbering(&study) : [command.edit(in: &study)]
      if case let edits = edits.compactMap(\.self), !edits.isEmpty {
        let stamp = try command.change.stamp(in: study.folder)
        if command.change.why.isEmpty {
          throw Failure.usage("error: say with --why why the framework changes")
        }
        do {
          let change = try study.folder.project.editing(
            edits, id: study.folder.nextChangeID(by: stamp.by), stamp: stamp,
            why: command.change.why)
          try study.commit(change, of: .framework, command.change)
          repointings = change.repointings
        } catch let error as FrameworkError {
          throw Failure.unwritable(
            "\(command.options.input): error: \(Self.words(for: error, in: study))")
        }
      }
      let overview = FrameworkOverview(study, repointings)
      if command.options.json {
        try Output.json(overview)
      } else {
        Output.line(overview.text)
      }
      try conclude(study.diagnostics, strict: command.options.strict)
    }
  }

  private func edit(in study: inout OpenFolder) throws -> FrameworkEdit? {
    let above = try under.map(study.code)
    if let into, !merge.isEmpty {
      return .merge(try merge.map(study.code), into: try study.code(into))
    }
    let number = number?.trimmingCharacters(in: .whitespaces)
    if let move { return .move(try study.code(move), under: above, number: number) }
    if let rename, let name {
      return .rename(
        try study.code(rename), name: try Self.codeName(name, option: "--name"), number: number)
    }
    if let delete { return .delete(try study.code(delete)) }
    if let redefine {
      let id = try study.code(redefine)
      let code = study.folder.project.codebook.codes[id]
      return .redefine(
        id, definition: definition ?? code?.definition ?? "",
        include: include ?? code?.include ?? "", exclude: exclude ?? code?.exclude ?? "")
    }
    if let add {
      let (key, name) = try Self.named(add, option: "--add")
      return .add(
        Code(
          id: Self.newCode(key, in: &study), parent: above, number: number ?? "",
          name: name, origin: .emergent), at: nil)
    }
    guard let split else { return nil }
    let parts = try part.map { try Self.named($0, option: "--part") }
    let keys = parts.map(\.key)
    for (offset, key) in keys.enumerated() where keys[..<offset].contains(key) {
      throw Failure.usage("error: --part names '\(key)' twice; give each part a key of its own")
    }
    func check(_ key: String, option: String) throws {
      if !keys.contains(key) {
        throw Failure.usage(
          "error: \(option) names '\(key)', which is no part of the split; the parts are "
            + keys.joined(separator: ", "))
      }
    }
    if let rest { try check(rest, option: "--rest") }
    var given: [ID<Coding>: String] = [:]
    for one in assign {
      let (coding, key) = try Self.pair(one, option: "--assign")
      guard let id = study.folder.id(for: coding, of: Coding.self) else {
        throw Failure.usage("error: '\(coding)' is no coding of the study")
      }
      try check(key, option: "--assign")
      if let other = given.updateValue(key, forKey: id), other != key {
        throw Failure.usage(
          "error: --assign gives \(coding) to \(other) and to \(key); give it to one of them")
      }
    }
    let codes = parts.map { part in
      Code(id: Self.newCode(part.key, in: &study), name: part.name, origin: .emergent)
    }
    let ids = Dictionary(
      zip(keys, codes.map(\.id)), uniquingKeysWith: { first, _ in first })
    return .split(
      try study.code(split), into: codes, codings: given.compactMapValues { ids[$0] },
      rest: rest.flatMap { ids[$0] })
  }

  private static func words(for error: FrameworkError, in study: OpenFolder) -> String {
    func key(_ id: ID<Code>) -> String { study.key(.code(id)) }
    func list(_ ids: [ID<Coding>]) -> String {
      let shown = ids.compactMap { study.folder.label(for: .coding($0)) }.sorted().prefix(10)
      let more = shown.count < ids.count ? ["\(ids.count - shown.count) more"] : []
      return (shown + more).joined(separator: ", ")
    }
    switch error {
    case .numberTaken(_, let other):
      return "\(error): \(key(other)); give it another one, or none and --renumber all"
    case .present(let id):
      return "the codebook has a code with the key '\(key(id))' already; take another key"
    case .unassigned(_, let codings):
      return "\(error): \(list(codings)); say with --rest which part they go to, or with --assign"
    case .orphaned(_, let below):
      return
        "\(error): \(below.map(key).joined(separator: ", ")); say it with --rest, or move them "
        + "first"
    case .ofAnotherCode(let coding):
      let code = study.folder.project.codings[coding]?.code
      return
        "\(study.key(.coding(coding))) is a coding of \(code.map(key) ?? "another code"), which "
        + "is not split; --assign takes codings of the code that is"
    case .unknown(let id): return "\(error): \(key(id))"
    case .cyclic, .inUse, .nothing: return error.description
    }
  }

  /// An Other for each theme that lacks one, then the numbers.
  private func numbering(_ study: inout OpenFolder) -> [FrameworkEdit?] {
    study.folder.project.codebook.themesWithoutOther.map { theme in
      let key = Self.unusedKey(study.key(.code(theme.id)) + "-other", in: study)
      return .add(
        Code(
          id: Self.newCode(key, in: &study), parent: theme.id,
          name: "Other: \(theme.name)",
          definition: "About \(theme.name), and under none of the other subthemes."), at: nil)
    } + [.number]
  }

  /// A key, or one with a number behind it, that no code has or had in any version: another code under the
  /// same key would be taken for the one that was dropped.
  private static func unusedKey(_ key: String, in study: OpenFolder) -> String {
    let codebook = study.folder.project.codebook
    var (unused, number) = (key, 1)
    while codebook.hasEverHad(study.folder.newID(for: unused, of: Code.self)) {
      number += 1
      unused = "\(key)-\(number)"
    }
    return unused
  }

  /// The id of a new code, which will go by the key that was chosen for it.
  private static func newCode(_ key: String, in study: inout OpenFolder) -> ID<Code> {
    let id =
      study.folder.id(for: key, of: Code.self) ?? study.folder.newID(for: key, of: Code.self)
    study.folder.reserve(key, for: id)
    return id
  }

  /// The key and the name of a new code.
  private static func named(_ text: String, option: String) throws -> (key: String, name: String) {
    let (key, name) = try pair(text, option: option)
    guard StudyFolder.isKey(key) else {
      throw Failure.usage(
        "error: \(option) takes a key of letters, digits, hyphens, full stops and underscores, at "
          + "most 40, not '\(key)'")
    }
    return (key, try codeName(name, option: option))
  }

  private static func codeName(_ name: String, option: String) throws -> String {
    let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
    if name.isEmpty { throw Failure.usage("error: \(option) gives a code no name; name it") }
    return name
  }

  private static func pair(_ text: String, option: String) throws -> (String, String) {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
      throw Failure.usage("error: \(option) takes two words with = between, not '\(text)'")
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }
}
