internal import QDACore

extension ExchangeForm {
  /// Says what QualCoder would lose in a way in which it does not.
  ///
  /// It knows codes and journal entries by their names, and takes the coder of a passage for that of
  /// all its codings (read from its importer, 2026).
  mutating func suitQualCoder() {
    var names: Set<String> = []
    for code in project.codebook.codes {
      let name = names.unique(
        code.name, "\(code.parent.flatMap { project.codebook.codes[$0]?.name } ?? "")")
      if name == code.name { continue }
      losses.add("that codes have the same name", code.name)
      project.codebook.codes[code.id]?.name = name
    }
    var titles: Set<String> = []
    for note in project.notes {
      // An annotation needs none.
      if note.title.isEmpty, original.notes[note.id]?.kind == .annotation { continue }
      let title = titles.unique(note.title.isEmpty ? "Note" : note.title)
      if title == note.title { continue }
      losses.add("that notes have the same title or none", note.title)
      project.notes[note.id]?.title = title
    }
    for source in project.codings.sources { separateCoders(of: source) }
  }

  /// Gives each coder of a passage a passage of its own.
  private mutating func separateCoders(of source: ID<Source>) {
    var codings = project.codings.codings(in: source)
    var passages: Table<Passage> = []
    for passage in project.codings.passages(in: source) { passages.insert(passage) }
    let coders = Dictionary(grouping: codings.indices) { codings[$0].passage }
      .mapValues { Set($0.map { codings[$0].created.by }) }
    var isChanged = false
    var shared: Set<ID<Passage>> = []
    for position in codings.indices {
      let coding = codings[position]
      guard let coder = coding.created.by, let passage = passages[coding.passage],
        passage.region.isText, passage.twin == nil, coder != passage.created.by
      else { continue }
      isChanged = true
      if passage.created.by == nil || coders[passage.id]?.count == 1 {
        if passage.created.by != nil {
          losses.add("who made a passage that others have coded", project.sources[source]?.name)
        }
        passages[passage.id]?.created = coding.created
        continue
      }
      shared.insert(passage.id)
      var own = Passage(
        id: ID(derivedFrom: ["coder", passage.id.description, coder.description]), source: source,
        region: passage.region, name: passage.name, description: passage.description,
        created: coding.created)
      own.verdict = passage.verdict
      if !passages.contains(own.id) { passages.insert(own) }
      codings[position].passage = own.id
    }
    guard isChanged else { return }
    losses.add(
      "that coders have coded the same passage", project.sources[source]?.name,
      count: shared.count)
    replace(Array(passages), codings, in: source)
  }
}

extension Set<String> {
  /// A name that is not in the set yet, as like the one given as it can be, and keeps it there.
  mutating func unique(_ name: String, _ addition: String = "") -> String {
    if insert(name).inserted { return name }
    if !addition.isEmpty, insert("\(name) (\(addition))").inserted {
      return "\(name) (\(addition))"
    }
    var number = 2
    while !insert("\(name) (\(number))").inserted { number += 1 }
    return "\(name) (\(number))"
  }
}
