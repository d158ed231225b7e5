internal import ArgumentParser
internal import Foundation
internal import QDA

/// Shows what a study found: categories, types, explanations, associations, co-occurrence, saturation.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Show categories, types and explanations, and look for patterns.",
    discussion: """
      Categories, typologies and explanations are in mapping.yaml. Without an option, they are listed \
      with their cases. Numbers show where to look; they do not measure how common or strong anything is.
      """)

  @OptionGroup var options: InputOptions

  @Option(
    help: ArgumentHelp("Show who says something of a code or theme, by --with.", valueName: "code"))
  var associate: String?

  @Option(help: ArgumentHelp("With --associate, the attribute.", valueName: "attribute"))
  var with: String?

  @Option(
    help: ArgumentHelp(
      "Show which codes come together: in a passage, by overlap, in the text, in a turn or in a case.",
      valueName: "unit"))
  var together: String?

  @Flag(help: "With --together, count codings of interviewers' words too.")
  var withInterviewers = false

  @Flag(help: "Show how many new codes each case brings (Guest, Namey & Chen 2020).")
  var saturation = false

  @Option(help: "With --saturation, how many cases are the base.")
  var base = 4

  @Option(name: .customLong("run"), help: "With --saturation, how many cases are a run.")
  var runLength = 2

  @Option(help: "With --saturation, how many percent of new codes in a run count as none.")
  var threshold = 5.0

  @Option(
    help: ArgumentHelp(
      "With --saturation, an attribute by which cases are ordered; may be repeated.",
      valueName: "attribute"))
  var order: [String] = []

  @Option(help: ArgumentHelp("Show all cells of a case.", valueName: "case"))
  var within: String?

  @Option(help: ArgumentHelp("Show all cells of a code.", valueName: "code"))
  var between: String?

  func validate() throws {
    if let together, Cooccurrence.Unit(rawValue: together) == nil {
      throw ValidationError(
        "--together takes "
          + Cooccurrence.Unit.allCases.map(\.rawValue).joined(separator: ", ")
          + ", not '\(together)'.")
    }
    if (associate == nil) != (with == nil) {
      throw ValidationError("--associate and --with go together.")
    }
    let views = [
      ("--associate", associate != nil), ("--together", together != nil),
      ("--saturation", saturation), ("--within", within != nil), ("--between", between != nil),
    ].filter(\.1).map(\.0)
    if views.count > 1 { throw ValidationError("\(views[0]) and \(views[1]) exclude each other.") }
    if withInterviewers, together == nil {
      throw ValidationError("--with-interviewers goes with --together.")
    }
    if !order.isEmpty, !saturation { throw ValidationError("--order goes with --saturation.") }
    if !(0...100).contains(threshold) {
      throw ValidationError("--threshold takes a percentage from 0 to 100, not '\(threshold)'.")
    }
    if base < 1 || runLength < 1 { throw ValidationError("--base and --run take 1 and more.") }
  }

  mutating func run() throws {
    let command = self
    try exiting(json: command.options.json) {
      let study = try OpenFolder(command.options)
      func show(_ table: some Encodable & MapTable) throws {
        if command.options.json {
          try Output.json(table)
        } else {
          Output.line(table.text)
        }
      }
      if let code = command.associate, let name = command.with {
        let attribute = try Self.attribute(name, study)
        try show(
          AssociationTable(
            study.folder.project.association(of: study.code(code), with: attribute), study))
      } else if let unit = command.together.flatMap(Cooccurrence.Unit.init) {
        try show(TogetherTable(unit, study, withInterviewers: command.withInterviewers))
      } else if command.saturation {
        let attributes = try command.order.map { try Self.attribute($0, study) }
        let measure = Saturation.Measure(
          base: command.base, run: command.runLength, threshold: command.threshold)
        try show(
          SaturationTable(
            study.folder.project.saturation(
              of: study.folder.project.rows(orderedBy: attributes).map(\.id), measure: measure),
            study))
      } else if let one = command.within {
        try show(CellTable(study.folder.project.cells(within: study.participant(one)), study))
      } else if let code = command.between {
        try show(CellTable(study.folder.project.cells(under: study.code(code)), study))
      } else {
        try show(MappingTable(study))
      }
      try conclude(study.diagnostics, strict: command.options.strict)
    }
  }

  private static func attribute(_ name: String, _ study: OpenFolder) throws -> ID<Attribute> {
    guard let id = study.folder.id(for: name, of: Attribute.self) else {
      throw Failure.usage("error: '\(name)' is no attribute of the study")
    }
    return id
  }
}
