extension Project {
  /// What a careful colleague would point out about the study, in the order of the project.
  ///
  /// Nothing here stops anything: gaps and dyads are legal, and are listed.
  public func check() -> [Diagnostic] {
    let attribution = Attribution(self)
    return checkCodes() + checkCodings(attribution) + checkCells(attribution) + checkMapping()
      + checkConfigurations() + checkRelations() + checkLinks() + checkTheory()
  }

  private func checkCodes() -> [Diagnostic] {
    let parents = Set(codebook.codes.compactMap(\.parent))
    let columns = Set(cells.keys.map(\.column))
    let outOfOrder = codebook.outOfOrder
    return codebook.inReadingOrder.flatMap { code -> [Diagnostic] in
      var found: [Diagnostic] = []
      let place = Place.object(.code(code.id))
      if code.definition.isEmpty {
        found.append(
          Diagnostic(
            "codebook.code-undefined", .warning, at: place,
            "code '\(code.name)' has no definition",
            solutions: ["say in a sentence what the code means and when to use it"]))
      }
      if let expected = outOfOrder[code.id] {
        found.append(
          Diagnostic(
            "codebook.number-out-of-order", .warning, at: place,
            "code '\(code.name)' has the number \(code.number), which does not \(expected)",
            solutions: ["correct the number, or move the code to where its number says"]))
      }
      if code.isCodable, !parents.contains(code.id), !columns.contains(code.id),
        codings.codings(of: code.id).isEmpty
      {
        found.append(
          Diagnostic(
            "codebook.code-unused", .note, at: place,
            "code '\(code.name)' is used in no coding and no cell",
            solutions: ["use it, merge it into another code, or remove it with a new version"]))
      }
      return found
    }
  }

  private func checkCodings(_ attribution: Attribution) -> [Diagnostic] {
    codings.sources.flatMap { source -> [Diagnostic] in
      var found: [Diagnostic] = []
      var mixed: [Coding] = []
      for passage in codings.passages(in: source) {
        if attribution.isInterviewer(passage) {
          found += codings.codings(ofPassage: passage.id, in: source).map {
            Diagnostic(
              "coding.interviewer", .warning, at: .object(.coding($0.id)),
              "the coded words are the interviewer's",
              explanation: "They belong to no case and count nowhere.",
              solutions: ["move the coding to the participant's answer, or remove it"])
          }
        } else if attribution.includesInterviewer(passage) {
          mixed += codings.codings(ofPassage: passage.id, in: source)
        }
      }
      if let first = mixed.first {
        found.append(
          Diagnostic(
            "coding.interviewer-included", .note, at: .object(.coding(first.id)),
            "coded words of a participant have an interviewer's among them",
            explanation: "They count for the participant alone, and are quoted with the question.",
            solutions: ["code the answer alone if the question is not to be quoted with it"],
            count: mixed.count))
      }
      return found
    }
  }

  private func checkConfigurations() -> [Diagnostic] {
    register.flatMap { entry -> [Diagnostic] in
      let configuration = entry.configuration
      // What was given up lacks nothing any more.
      guard configuration.isOpen else { return [] }
      let place = Place.object(.configuration(configuration.id))
      let label = configuration.label
      func slot(_ id: ID<Slot>) -> String {
        entry.places.first { $0.slot.id == id }.map { "\($0.slot.role) '\($0.element.text)'" } ?? ""
      }
      return entry.gaps.map { gap in
        switch gap {
        case .roleMissing(let role):
          Diagnostic(
            "cmo.part-missing", .warning, at: place, "\(label) has no \(role)",
            explanation: "It is kept as a partial configuration.",
            solutions: ["add a slot, or say in its reason why there is none"])
        case .unsplit(let id):
          Diagnostic(
            "cmo.mechanism-unsplit", .warning, at: .object(.slot(id)),
            "the mechanism of \(label) is not divided into resource and reasoning",
            solutions: ["say what the programme offers, and how people reason about it"])
        case .partMissing(_, "reasoning"):
          Diagnostic(
            "cmo.reasoning-missing", .warning, at: place,
            "the mechanism of \(label) names a resource and no reasoning",
            solutions: ["say how people respond to what is offered"])
        case .partMissing(let role, let part):
          Diagnostic(
            "cmo.part-missing", .warning, at: place, "the \(role) of \(label) has no \(part)",
            solutions: ["add a slot for the \(part)"])
        case .partUnstated(let id):
          Diagnostic(
            "cmo.part-unstated", .warning, at: .object(.slot(id)),
            "the \(slot(id)) of \(label) does not say which part of the "
              + "\(entry.places.first { $0.slot.id == id }?.slot.role ?? "role") it is",
            explanation: "The realist matrix shows it in a column of its own.",
            solutions: ["add the 'part' to the slot"])
        case .slotWithoutEvidence(let id):
          Diagnostic(
            "cmo.evidence-missing", .warning, at: .object(.slot(id)),
            "nothing supports the \(slot(id)) of \(label)",
            solutions: ["add evidence, or a recorded judgement that says why there is none"])
        case .noNegativeCase:
          Diagnostic(
            "cmo.negative-case-missing", .note, at: place,
            "no negative case sought: nothing contradicts \(label), it has no rival, and no search is "
              + "recorded",
            solutions: [
              "look for cases where the context holds and the outcome does not, and record the search"
            ])
        }
      }
    }
  }

  private func checkLinks() -> [Diagnostic] {
    let index = EvidenceIndex(self)
    return links.filter {
      isStanding($0) && index.evidence(for: [.link($0.id)]).isEmpty
    }.map { link in
      let from = configurations[link.from]?.label ?? "?"
      let to = configurations[link.to]?.label ?? "?"
      return Diagnostic(
        "cmo.link-without-evidence", .note, at: .object(.link(link.id)),
        "nothing supports the link from \(from) to \(to)",
        explanation: "It is drawn dashed.",
        solutions: ["add evidence for the link, or a recorded judgement"])
    }
  }
}
