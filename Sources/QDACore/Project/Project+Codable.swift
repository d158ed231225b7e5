extension Project: Equatable {
  /// Compares two studies, ignoring the order of rows and where their texts and files come from.
  public static func == (left: Project, right: Project) -> Bool {
    left.id == right.id && left.details == right.details && left.coders == right.coders
      && left.attributes == right.attributes && left.sources == right.sources
      && left.cases == right.cases && left.codebook == right.codebook
      && left.codings == right.codings && left.notes == right.notes && left.cells == right.cells
      && left.readings == right.readings && left.rules == right.rules
      && left.categories == right.categories
      && left.typologies == right.typologies && left.explanations == right.explanations
      && left.elements == right.elements && left.configurations == right.configurations
      && left.realistMatrix == right.realistMatrix && left.evidence == right.evidence
      && left.links == right.links && left.theory == right.theory && left.sets == right.sets
      && left.objectLinks == right.objectLinks && left.graphs == right.graphs
  }
}

extension Project: Codable {
  private enum Key: String, CodingKey {
    case schema, id, details, coders, attributes, sources, cases, codebook, codings, notes, cells
    case elements, configurations, realistMatrix, evidence, links, theory, sets, objectLinks
    case graphs, texts, readings, rules, categories, typologies, explanations
  }

  /// The name and version of the encoded form.
  public static let encodedSchema = "qda.project/1"

  /// Reads a study with the texts that were written with it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let schema = try container.decode(String.self, forKey: .schema)
    guard schema == Self.encodedSchema else {
      throw DecodingError.dataCorruptedError(
        forKey: .schema, in: container,
        debugDescription: "the schema is '\(schema)'; this version reads '\(Self.encodedSchema)'")
    }
    self.init(id: try container.decode(ID<Project>.self, forKey: .id), title: "")
    details = try container.decode(Details.self, forKey: .details)
    coders = try container.decode(Table<Coder>.self, forKey: .coders)
    attributes = try container.decode(Table<Attribute>.self, forKey: .attributes)
    sources = try container.decode(Table<Source>.self, forKey: .sources)
    cases = try container.decode(Table<Case>.self, forKey: .cases)
    codebook = try container.decode(Codebook.self, forKey: .codebook)
    codings = try container.decode(CodingStore.self, forKey: .codings)
    notes = try container.decode(Table<Note>.self, forKey: .notes)
    cells = Dictionary(
      try container.decode([Cell].self, forKey: .cells).map { ($0.key, $0) },
      uniquingKeysWith: { _, later in later })
    elements = try container.decode(Table<Element>.self, forKey: .elements)
    configurations = try container.decode(Table<Configuration>.self, forKey: .configurations)
    realistMatrix = try container.decode(Table<MatrixEntry>.self, forKey: .realistMatrix)
    evidence = try container.decode(Table<Evidence>.self, forKey: .evidence)
    links = try container.decode(Table<Link>.self, forKey: .links)
    theory = try container.decode(Table<TheoryVersion>.self, forKey: .theory)
    sets = try container.decode(Table<ObjectSet>.self, forKey: .sets)
    objectLinks = try container.decode(Table<ObjectLink>.self, forKey: .objectLinks)
    graphs = try container.decode(Table<Graph>.self, forKey: .graphs)
    categories = try container.decodeIfPresent(Table<Category>.self, forKey: .categories) ?? []
    typologies = try container.decodeIfPresent(Table<Typology>.self, forKey: .typologies) ?? []
    explanations =
      try container.decodeIfPresent(Table<Explanation>.self, forKey: .explanations) ?? []
    readings = try container.decodeIfPresent(Table<ReadingRecord>.self, forKey: .readings) ?? []
    rules = try container.decodeIfPresent(Table<IndexingRule>.self, forKey: .rules) ?? []
    texts = try container.decodeIfPresent(MemoryTexts.self, forKey: .texts) ?? MemoryTexts()
  }

  /// Writes the study; its texts too where they are held in memory, but not its files.
  ///
  /// Tables keep their order. For the same bytes from the same study, use an encoder that sorts keys.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.encodedSchema, forKey: .schema)
    try container.encode(id, forKey: .id)
    try container.encode(details, forKey: .details)
    try container.encode(coders, forKey: .coders)
    try container.encode(attributes, forKey: .attributes)
    try container.encode(sources, forKey: .sources)
    try container.encode(cases, forKey: .cases)
    try container.encode(codebook, forKey: .codebook)
    try container.encode(codings, forKey: .codings)
    try container.encode(notes, forKey: .notes)
    try container.encode(cells.values.sorted { $0.key < $1.key }, forKey: .cells)
    try container.encode(elements, forKey: .elements)
    try container.encode(configurations, forKey: .configurations)
    try container.encode(realistMatrix, forKey: .realistMatrix)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(links, forKey: .links)
    try container.encode(theory, forKey: .theory)
    try container.encode(sets, forKey: .sets)
    try container.encode(objectLinks, forKey: .objectLinks)
    try container.encode(graphs, forKey: .graphs)
    try container.encode(readings, forKey: .readings)
    try container.encode(categories, forKey: .categories)
    try container.encode(typologies, forKey: .typologies)
    try container.encode(explanations, forKey: .explanations)
    try container.encode(rules, forKey: .rules)
    if let texts = texts as? MemoryTexts { try container.encode(texts, forKey: .texts) }
  }
}
