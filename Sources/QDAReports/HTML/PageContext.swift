/// What every part of the page needs to find and name the others.
///
/// Anchors are made of positions: a key from somebody's file is nowhere part of an address.
struct PageContext {
  let report: StudyReport
  let index: ReportIndex
  /// The position of each participant, from 1.
  let participants: [String: Int]
  /// The position of each configuration, from 1.
  let configurations: [String: Int]
  /// The position of each role, from 0, which gives it its mark.
  let roles: [String: Int]
  /// The anchor of each cell that a matrix shows.
  private let cells: [StudyReport.CellName: String]

  init(_ report: StudyReport) {
    self.report = report
    index = ReportIndex(report)
    func positions(_ keys: [String]) -> [String: Int] {
      Dictionary(
        keys.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
    }
    participants = positions(report.participants.map(\.id))
    configurations = positions(report.configurations.map(\.id))
    roles = positions(report.roles.categories.map(\.name)).mapValues { $0 - 1 }
    var cells: [StudyReport.CellName: String] = [:]
    for (number, chart) in report.charts.enumerated() {
      for (row, content) in chart.rows.enumerated() {
        for (position, cell) in content.cells.enumerated() {
          cells[StudyReport.CellName(participant: cell.participant, code: cell.code)] =
            Self.anchor(chart: number + 1, row: row + 1, position: position + 1)
        }
      }
    }
    self.cells = cells
  }

  /// The anchor of a cell by its matrix, row and column, all from 1.
  static func anchor(chart: Int, row: Int, position: Int) -> String {
    "cell-\(chart)-\(row)-\(position)"
  }

  /// A cell by its name, with its anchor where a matrix shows it.
  func link(to cell: StudyReport.CellName) -> CellLink {
    let anchor = cells[cell]
    return CellLink(
      number: participants[cell.participant] ?? 0,
      name: index.words(for: cell), anchor: anchor ?? "",
      isShown: anchor != nil)
  }

  /// Participants, each with those of some quotes that are their words.
  func chips(_ who: [String], quotes: [Int], about: String) -> [ChipView] {
    who.map { participant in
      chip(
        participant,
        quotes: quotes.filter { index.quote($0)?.participants.contains(participant) ?? false },
        about: about)
    }
  }

  /// The marks of a participant's roles.
  func roleMarks(of participant: String) -> [RoleMark] {
    (index.participant(participant)?.roles ?? []).map {
      RoleMark(name: $0, tint: (roles[$0] ?? 0) % RoleMark.tints)
    }
  }

  /// The participants of one stance, each with the quotes that it rests on.
  func chips(_ who: [String], _ stance: Stance, of evidence: [String], about: String) -> [ChipView]
  {
    let entries = evidence.compactMap { index.evidence($0) }.filter { $0.stance == stance.name }
    return who.map { participant in
      let quotes = entries.filter { $0.participants.contains(participant) }.flatMap(\.quotes)
        .filter { index.quote($0)?.participants.contains(participant) ?? false }
      return chip(participant, stance, quotes: quotes, about: about)
    }
  }

  /// All who speak for or against something.
  func chips(_ standing: StudyReport.Standing, about: String) -> [ChipView] {
    let sides: [([String], Stance)] = [
      (standing.supporting, .supports), (standing.contradicting, .contradicts),
      (standing.rival, .rival), (standing.weak, .weak),
    ]
    return sides.flatMap { chips($0.0, $0.1, of: standing.evidence, about: about) }
  }

  /// A participant as a chip.
  func chip(
    _ participant: String, _ stance: Stance? = nil, quotes: [Int] = [], about: String = ""
  ) -> ChipView {
    let name = index.name(participant)
    var seen: Set<Int> = []
    let once = quotes.filter { seen.insert($0).inserted }
    return ChipView(
      name: name, number: participants[participant] ?? 0, hasMark: stance != nil,
      mark: stance?.mark ?? "", kind: stance?.kind ?? "plain", word: stance?.word ?? "",
      marks: roleMarks(of: participant), isLink: !once.isEmpty, first: once.first ?? 0,
      numbers: once.map(String.init).joined(separator: " "),
      heading: stance.map { "\(name) \($0.word) \(about)" }
        ?? (about.isEmpty ? name : "\(name): \(about)"))
  }

  /// A participant's place in a strip.
  func strip(_ fill: (StudyReport.Participant) -> (kind: String, words: String)?) -> [SquareView] {
    report.participants.map { one in
      let filled = fill(one)
      let roles = one.roles.isEmpty ? "" : " (\(one.roles.joined(separator: ", ")))"
      return SquareView(
        name: one.name, number: participants[one.id] ?? 0, kind: filled?.kind ?? "silent",
        hint: "\(one.name)\(roles): \(filled?.words ?? "says nothing")")
    }
  }

  /// Who says what of something, in the study's order.
  func strip(_ standing: StudyReport.Standing) -> [SquareView] {
    let sides: [(Set<String>, Stance)] = [
      (Set(standing.supporting), .supports), (Set(standing.contradicting), .contradicts),
      (Set(standing.rival), .rival), (Set(standing.weak), .weak),
    ]
    return strip { one in
      let found = sides.filter { $0.0.contains(one.id) }.map(\.1)
      guard let first = found.first else { return nil }
      let kind = found.contains(.supports) && found.contains(.contradicts) ? "both" : first.kind
      return (kind, Words.list(found.map(\.word)))
    }
  }
}

/// How evidence bears on a claim, as the page shows it.
enum Stance: CaseIterable {
  case supports, contradicts, rival, weak

  init(_ name: String) {
    self = Self.allCases.first { $0.name == name } ?? .weak
  }

  var name: String {
    switch self {
    case .supports: "supports"
    case .contradicts: "contradicts"
    case .rival: "rival"
    case .weak: "weak"
    }
  }

  var word: String {
    switch self {
    case .supports: "supports"
    case .contradicts: "contradicts"
    case .rival: "explains otherwise"
    case .weak: "touches on"
    }
  }

  var mark: String {
    switch self {
    case .supports: "+"
    case .contradicts: "−"
    case .rival: "↔"
    case .weak: "○"
    }
  }

  var kind: String {
    switch self {
    case .supports: "for"
    case .contradicts: "against"
    case .rival: "rival"
    case .weak: "weak"
    }
  }
}

/// A role as a small named mark.
struct RoleMark {
  let name: String
  let tint: Int

  /// How many marks can be told apart.
  static let tints = 6
}

/// A participant, perhaps with a stance and the quotes it rests on.
struct ChipView {
  let name: String
  let number: Int
  let hasMark: Bool
  let mark: String
  let kind: String
  let word: String
  let marks: [RoleMark]
  let isLink: Bool
  let first: Int
  let numbers: String
  let heading: String
}

/// A participant's place in a strip.
struct SquareView {
  let name: String
  let number: Int
  let kind: String
  let hint: String
}
