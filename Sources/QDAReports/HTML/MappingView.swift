/// What mapping and interpretation found.
struct MappingView {
  let isEmpty: Bool
  let columns: [RangeView]
  let hasColumns: Bool
  let typologies: [TypologyView]
  let hasTypologies: Bool
  let explanations: [ExplanationView]
  let hasExplanations: Bool
  let associations: [AssociationView]
  let hasAssociations: Bool
  let together: [TogetherView]
  let hasTogether: Bool
  let leftOut: Int
  let saturation: String
  let hasSaturation: Bool
  let novelty: [NoveltyView]

  init(_ context: PageContext) {
    let mapping = context.report.mapping
    isEmpty = mapping.isEmpty
    columns = mapping.columns.map { RangeView($0, context) }
    hasColumns = !columns.isEmpty
    typologies = mapping.typologies.map { TypologyView($0, context) }
    hasTypologies = !typologies.isEmpty
    explanations = mapping.explanations.map { ExplanationView($0, context) }
    hasExplanations = !explanations.isEmpty
    associations = mapping.associations.map { AssociationView($0, context) }
    hasAssociations = !associations.isEmpty
    together = mapping.together.map { TogetherView($0, context) }
    hasTogether = !together.isEmpty
    leftOut = mapping.togetherLeftOut
    saturation = mapping.saturation?.words ?? ""
    hasSaturation = mapping.saturation != nil
    let most = mapping.saturation?.novelty.map(\.new).max() ?? 0
    novelty = (mapping.saturation?.novelty ?? []).map { NoveltyView($0, most: most, context) }
  }
}

/// The range and nature of what is said in a column.
struct RangeView {
  let heading: String
  let words: String
  let lines: [RangeLineView]
  let without: [ChipView]
  let hasWithout: Bool

  init(_ table: StudyReport.RangeTable, _ context: PageContext) {
    heading = context.index.title(table.code)
    words = "\(Words.count(table.summarised, "cell")) of the column have a summary."
    lines = table.lines.map { RangeLineView($0, context) }
    without = table.without.map { context.chip($0) }
    hasWithout = !without.isEmpty
  }
}

/// A category, a dimension or an element.
struct RangeLineView {
  let level: String
  let depth: Int
  let name: String
  let definition: String
  let participants: [ChipView]

  init(_ line: StudyReport.RangeLine, _ context: PageContext) {
    level = line.level
    depth = min(4, line.depth)
    name = line.name
    definition = line.definition
    participants = context.chips(line.participants, quotes: line.quotes, about: line.name)
  }
}

/// Types of which each participant is in exactly one.
struct TypologyView {
  let name: String
  let dimensions: String
  let hasDimensions: Bool
  let byline: String
  let types: [TypeView]
  let unplaceable: [UnplaceableView]
  let hasUnplaceable: Bool
  let unplaced: [ChipView]
  let hasUnplaced: Bool
  let repeated: [ChipView]
  let hasRepeated: Bool

  init(_ typology: StudyReport.TypologyEntry, _ context: PageContext) {
    name = typology.name
    dimensions = Words.list(typology.dimensions)
    hasDimensions = !typology.dimensions.isEmpty
    byline = [typology.author, typology.at].filter { !$0.isEmpty }.joined(separator: ", ")
    types = typology.types.map { TypeView($0, context) }
    unplaceable = typology.unplaceable.map {
      UnplaceableView(chip: context.chip($0.participant), reason: $0.reason)
    }
    hasUnplaceable = !unplaceable.isEmpty
    unplaced = typology.unplaced.map { context.chip($0) }
    hasUnplaced = !unplaced.isEmpty
    repeated = typology.repeated.map { context.chip($0) }
    hasRepeated = !repeated.isEmpty
  }
}

/// A type with its cases.
struct TypeView {
  let name: String
  let definition: String
  let words: String
  let participants: [ChipView]

  init(_ type: StudyReport.TypeEntry, _ context: PageContext) {
    name = type.name
    definition = type.definition
    words = type.words
    participants = context.chips(type.participants, quotes: type.quotes, about: type.name)
  }
}

/// Somebody who fits no type.
struct UnplaceableView {
  let chip: ChipView
  let reason: String
}

/// Why something is as it is.
struct ExplanationView {
  let kind: String
  let meaning: String
  let text: String
  let byline: String
  let cells: [CellLink]
  let quotes: [SnippetView]

  init(_ explanation: StudyReport.ExplanationEntry, _ context: PageContext) {
    kind = explanation.kind
    meaning =
      kind == "explicit" ? "a participant gives the reason" : "the analyst infers the reason"
    text = explanation.text
    byline = [explanation.author, explanation.at].filter { !$0.isEmpty }.joined(separator: ", ")
    cells = explanation.cells.map { context.link(to: $0) }
    quotes = explanation.quotes.compactMap { context.index.quote($0) }.map { SnippetView($0) }
  }
}

/// How what is said goes together with one attribute.
struct AssociationView {
  let attribute: String
  let words: String
  let values: [String]
  let rows: [AssociationRowView]

  init(_ table: StudyReport.AssociationTable, _ context: PageContext) {
    attribute = table.attribute
    var values: [String] = []
    for value in table.rows.flatMap(\.columns).map(\.value) where !values.contains(value) {
      values.append(value)
    }
    self.values = values
    let outstanding = table.rows.count { row in row.columns.contains { !$0.outliers.isEmpty } }
    words =
      "under \(outstanding) of \(table.rows.count) themes and codes somebody stands out"
    rows = table.rows.map { AssociationRowView($0, values, context) }
  }
}

/// How what is said under one code goes together with an attribute.
struct AssociationRowView {
  let title: String
  let level: Int
  let columns: [AssociationCellView]

  init(
    _ row: StudyReport.AssociationRow, _ values: [String], _ context: PageContext
  ) {
    title = context.index.title(row.code)
    level = min(4, context.index.code(row.code)?.level ?? 0)
    let title = title
    columns = values.map { value in
      let column = row.columns.first { $0.value == value }
      return AssociationCellView(column, about: "\(title), \(value)", context)
    }
  }
}

/// The participants with one value, under one code.
struct AssociationCellView {
  let words: String
  let isKnown: Bool
  let dots: [String]
  let said: [ChipView]
  let hasSaid: Bool
  let nothingSaid: [ChipView]
  let hasNothingSaid: Bool
  let unknown: [ChipView]
  let hasUnknown: Bool
  let outliers: [ChipView]
  let hasOutliers: Bool

  init(_ column: StudyReport.AssociationColumn?, about: String, _ context: PageContext) {
    words = column?.words ?? ""
    let (said, not) = (column?.said ?? [], column?.nothingSaid ?? [])
    isKnown = !(said + not).isEmpty
    dots = said.map { _ in "for" } + not.map { _ in "not" }
    let quotes = column?.quotes ?? []
    self.said = context.chips(said, quotes: quotes, about: about)
    hasSaid = !said.isEmpty
    nothingSaid = not.map { context.chip($0) }
    hasNothingSaid = !not.isEmpty
    unknown = (column?.unknown ?? []).map { context.chip($0) }
    hasUnknown = !unknown.isEmpty
    outliers = context.chips(column?.outliers ?? [], quotes: quotes, about: about)
    hasOutliers = !outliers.isEmpty
  }
}

/// Two codes whose codings overlap.
struct TogetherView {
  let one: String
  let other: String
  let count: Int
  let ofOne: Int
  let ofOther: Int
  let percent: Int

  init(_ pair: StudyReport.TogetherEntry, _ context: PageContext) {
    one = context.index.title(pair.one)
    other = context.index.title(pair.other)
    count = pair.count
    ofOne = pair.ofOne
    ofOther = pair.ofOther
    percent = pair.percent
  }
}

/// How many new codes a participant brings.
struct NoveltyView {
  let name: String
  let number: Int
  let new: Int
  let height: Int
  let hint: String

  init(_ novelty: StudyReport.Novelty, most: Int, _ context: PageContext) {
    name = context.index.name(novelty.participant)
    number = context.participants[novelty.participant] ?? 0
    new = novelty.new
    height = most == 0 ? 0 : novelty.new * 100 / most
    hint = "\(name): \(novelty.new) new, \(novelty.all) in all"
  }
}
