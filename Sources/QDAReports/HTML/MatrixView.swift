/// The realist matrix.
struct MatrixView {
  let isEmpty: Bool
  let columns: [String]
  let blocks: [BlockView]

  init(_ context: PageContext) {
    let matrix = context.report.realistMatrix
    isEmpty = matrix.blocks.isEmpty
    columns = matrix.columns
    blocks = matrix.blocks.map { BlockView($0, columns: matrix.columns, context) }
  }
}

/// A block of the matrix.
struct BlockView {
  let valence: ValenceView
  let isSingle: Bool
  let columns: [MatrixColumnView]

  init(_ block: StudyReport.MatrixBlock, columns heads: [String], _ context: PageContext) {
    valence = ValenceView(block.valence)
    columns = zip(heads, block.columns).map { head, bullets in
      MatrixColumnView(
        heading: head, isEmpty: bullets.isEmpty, bullets: bullets.map { BulletView($0, context) })
    }.filter { block.valence != "shared" || !$0.isEmpty }
    isSingle = columns.count == 1
  }
}

/// A column of a block.
struct MatrixColumnView {
  let heading: String
  let isEmpty: Bool
  let bullets: [BulletView]
}

/// An element in the matrix.
struct BulletView {
  let text: String
  let tags: [String]
  let configurations: [ReferenceView]
  let chips: [ChipView]
  let hasEvidence: Bool
  let hasChips: Bool
  let words: String

  init(_ bullet: StudyReport.Bullet, _ context: PageContext) {
    text = bullet.text
    tags = [bullet.layer].compactMap { $0 }
    configurations = bullet.configurations.map { ReferenceView($0, context) }
    chips = context.chips(bullet.standing, about: "“\(bullet.text)”")
    hasEvidence = !bullet.standing.evidence.isEmpty
    hasChips = !chips.isEmpty
    words = bullet.standing.words
  }
}

/// Participants by configurations.
struct IncidenceView {
  let isEmpty: Bool
  let columns: [ReferenceView]
  let rows: [IncidenceRow]
  let totals: [IncidenceTotal]

  init(_ context: PageContext) {
    let report = context.report
    isEmpty = report.configurations.isEmpty
    columns = report.configurations.map { ReferenceView($0.id, context) }
    var said: [String: [String: StudyReport.IncidenceEntry]] = [:]
    for entry in report.incidence {
      said[entry.participant, default: [:]][entry.configuration] = entry
    }
    rows = report.participants.map { one in
      let cells = report.configurations.map { configuration in
        IncidenceCell(
          said[one.id]?[configuration.id], participant: one, configuration: configuration, context)
      }
      return IncidenceRow(
        chip: context.chip(one.id), number: context.participants[one.id] ?? 0, cells: cells,
        says: cells.count { !$0.isSilent }, total: cells.count)
    }
    totals = report.configurations.map {
      IncidenceTotal(
        supporting: $0.standing.supporting.count, against: $0.standing.contradicting.count,
        rival: $0.standing.rival.count, hasAgainst: !$0.standing.contradicting.isEmpty,
        hasRival: !$0.standing.rival.isEmpty, total: $0.standing.of)
    }
  }
}

/// What a participant says of each configuration.
struct IncidenceRow {
  let chip: ChipView
  let number: Int
  let cells: [IncidenceCell]
  let says: Int
  let total: Int
}

/// How many say what of a configuration.
struct IncidenceTotal {
  let supporting: Int
  let against: Int
  let rival: Int
  let hasAgainst: Bool
  let hasRival: Bool
  let total: Int
}

/// What a participant says of a configuration.
struct IncidenceCell {
  let isSilent: Bool
  let kind: String
  let symbols: String
  let words: String
  let heading: String
  let isLink: Bool
  let first: Int
  let numbers: String

  init(
    _ entry: StudyReport.IncidenceEntry?, participant: StudyReport.Participant,
    configuration: StudyReport.ConfigurationEntry, _ context: PageContext
  ) {
    isSilent = entry == nil
    let stances = entry?.stances.map { Stance($0) } ?? []
    kind =
      stances.contains(.supports) && stances.contains(.contradicts)
      ? "both" : stances.first?.kind ?? "none"
    symbols = stances.map(\.mark).joined(separator: " ")
    words = Words.list(stances.map(\.word))
    heading = "\(participant.name) \(words) \(configuration.label) \(configuration.title)"
    let quotes = context.index.quotes(of: entry?.evidence ?? []).filter {
      context.index.quote($0)?.participants.contains(participant.id) ?? false
    }
    isLink = !quotes.isEmpty
    first = quotes.first ?? 0
    numbers = quotes.map(String.init).joined(separator: " ")
  }
}
