public import QDACore

extension StudyFolder {
  /// Where an object is written, or `nil` for one that the files do not hold.
  public func place(of reference: Reference) -> Place? { spots[reference]?.place }

  /// What people call an object in this study: its key.
  public func label(for reference: Reference) -> String? {
    switch reference {
    case .source(let id): keys.has(id) ? key(of: id) : nil
    case .case(let id): keys.has(id) ? key(of: id) : nil
    case .attribute(let id): keys.has(id) ? key(of: id) : nil
    case .coder(let id): keys.has(id) ? key(of: id) : nil
    case .code(let id): keys.has(id) ? key(of: id) : nil
    case .passage(let id): keys.has(id) ? key(of: id) : nil
    case .coding(let id): keys.has(id) ? key(of: id) : nil
    case .note(let id): keys.has(id) ? key(of: id) : nil
    case .element(let id): keys.has(id) ? key(of: id) : nil
    case .configuration(let id): keys.has(id) ? key(of: id) : nil
    case .slot(let id): keys.has(id) ? key(of: id) : nil
    case .edge(let id): keys.has(id) ? key(of: id) : nil
    case .link(let id): keys.has(id) ? key(of: id) : nil
    case .evidence(let id): keys.has(id) ? key(of: id) : nil
    case .statement(let id): keys.has(id) ? key(of: id) : nil
    case .cell, .project, .set, .objectLink, .graph, .unknown: nil
    }
  }

  /// What a careful colleague would point out about the study, each at its place in the files.
  public func check() -> [Diagnostic] {
    project.check().filter { diagnostic in
      // That a transcript is missing was found on reading.
      guard case .object(.source(let id))? = diagnostic.place else { return true }
      return diagnostic.id != "study.reference-dangling" || !keys.has(id)
    }.map { diagnostic in
      guard case .object(let reference)? = diagnostic.place,
        let spot = spots[reference] ?? transcriptSpot(of: reference)
      else { return diagnostic }
      var placed = diagnostic
      placed.place = spot.place
      placed.line = spot.line
      return placed
    } + checkEmptiness()
  }

  private func checkEmptiness() -> [Diagnostic] {
    var found: [Diagnostic] = []
    if transcripts.isEmpty {
      found.append(
        Diagnostic(
          "study.no-transcripts", .note, at: .file("transcripts", line: 0, column: 0),
          "the study has no transcripts",
          solutions: ["put the files of the interviews into transcripts/"]))
    }
    if project.cases.isEmpty {
      found.append(
        Diagnostic(
          "study.no-participants", .note, at: .file("participants.csv", line: 0, column: 0),
          "the study has no participants",
          solutions: ["write a row for each into participants.csv"]))
    }
    return found
  }

  // A coding that is written into a transcript is in no table.
  private func transcriptSpot(of reference: Reference) -> Spot? {
    guard case .coding(let id) = reference, let coding = project.codings[id],
      let passage = project.codings[coding.passage], let span = passage.span,
      let source = project.sources[passage.source],
      let text = try? project.texts.text(of: source.id)
    else { return nil }
    let place = text.lineAndColumn(ofScalar: Int(span.start))
    return Spot(
      place: .file("transcripts/\(source.name)", line: place.line, column: place.column),
      line: text.line(around: Int(span.start)))
  }
}

extension Reference {
  /// The reference to an object of the kind that a word of the study folder names.
  init?<Object>(_ kindWord: String, _ id: ID<Object>) {
    func same<Kind>() -> ID<Kind> { ID(high: id.high, low: id.low) }
    switch kindWord {
    case Coder.kindWord: self = .coder(same())
    case Attribute.kindWord: self = .attribute(same())
    case Source.kindWord: self = .source(same())
    case Case.kindWord: self = .case(same())
    case Code.kindWord: self = .code(same())
    case Passage.kindWord: self = .passage(same())
    case Coding.kindWord: self = .coding(same())
    case Note.kindWord: self = .note(same())
    case Element.kindWord: self = .element(same())
    case Configuration.kindWord: self = .configuration(same())
    case Slot.kindWord: self = .slot(same())
    case Edge.kindWord: self = .edge(same())
    case Link.kindWord: self = .link(same())
    case Evidence.kindWord: self = .evidence(same())
    case Statement.kindWord: self = .statement(same())
    default: return nil
    }
  }
}
