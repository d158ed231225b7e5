public import QDACore

extension PublishedStudy {
  /// The study and what was noticed in it as data.
  public func document(diagnostics: [Diagnostic]) -> Document {
    let codes = codes
    let numbers = Dictionary(
      codes.map { ($0.section, $0.number) }, uniquingKeysWith: { first, _ in first })
    var counts: [Int: Int] = [:]
    for section in quotations.compactMap(\.section) { counts[section, default: 0] += 1 }
    return Document(
      source: Document.SourceEntry(
        name: name, sha256: (rendition.file ?? text.digest).description, scalars: text.scalarCount),
      participants: table.participants.map { Document.ParticipantEntry($0) },
      roleCounts: roleCounts,
      ageBands: table.ageBands.map(\.description),
      sections: sections.indices.map { index in
        Document.SectionEntry(
          path: path(of: index), depth: sections[index].depth, line: sections[index].line,
          quotations: counts[index] ?? 0)
      },
      codes: codes.map { code in
        Document.CodeEntry(
          number: code.number, name: code.name, path: path(of: code.section),
          parent: code.parent.flatMap { numbers[$0] }, codable: code.isCodable,
          quotations: counts[code.section] ?? 0)
      },
      quotations: quotations.indices.map { entry(ofQuotation: $0) },
      blocks: blockCount,
      quoted: quoted.map(\.description),
      neverQuoted: neverQuoted.map(\.description),
      matrix: matrix(numbers),
      elements: elements.map { element in
        Document.ElementEntry(
          id: element.id, text: element.text, role: element.role, part: element.part,
          valence: element.valence?.rawValue, line: element.line,
          position: Document.Position(element.span, in: text))
      },
      diagnostics: diagnostics)
  }

  private var roleCounts: Document.RoleCounts {
    func names(_ condition: (Participant) -> Bool) -> [String] {
      table.participants.filter(condition).map(\.label.description)
    }
    return Document.RoleCounts(
      roles: table.roles.map { role in
        let names = names { $0.roles.contains(role.name) }
        return Document.RoleEntry(
          role: role.name, definition: role.definition, count: names.count, participants: names)
      },
      several: Document.Group(names { $0.roles.count > 1 }),
      none: Document.Group(names { $0.roles.isEmpty }),
      of: table.participants.count)
  }

  private func entry(ofQuotation index: Int) -> Document.QuotationEntry {
    let quotation = quotations[index]
    return Document.QuotationEntry(
      id: Self.quotationName(index), participant: quotation.participant?.description,
      participantKnown: quotation.isParticipantKnown,
      attribution: quotation.attribution.map { text[$0] }, text: text[quotation.span],
      block: quotation.block, section: quotation.section.map { path(of: $0) } ?? [],
      line: quotation.line, position: Document.Position(quotation.span, in: text),
      editorial: quotation.editorial.map {
        Document.EditorialEntry(text: text[$0], position: Document.Position($0, in: text))
      })
  }

  private func matrix(_ numbers: [Int: String]) -> Document.MatrixEntry {
    let rows = labels
    let columns = quotedSections
    var held: [ParticipantLabel: [Int: [String]]] = [:]
    for (index, quotation) in quotations.enumerated() where quotation.isParticipantKnown {
      guard let participant = quotation.participant, let section = quotation.section else {
        continue
      }
      held[participant, default: [:]][section, default: []].append(Self.quotationName(index))
    }
    let entries = rows.flatMap { row in
      columns.compactMap { column -> Document.CellEntry? in
        guard let names = held[row]?[column] else { return nil }
        return Document.CellEntry(
          participant: row.description, code: numbers[column] ?? "", quotations: names)
      }
    }
    return Document.MatrixEntry(
      rows: rows.map(\.description), columns: columns.compactMap { numbers[$0] },
      cells: rows.count * columns.count, filled: entries.count, entries: entries)
  }
}

extension PublishedStudy.Document.ParticipantEntry {
  init(_ participant: Participant) {
    let age = participant.age.map { age in
      PublishedStudy.Document.AgeEntry(
        raw: age.raw, lower: age.band?.lower, upper: age.band?.upper,
        open: age.band.map { $0.upper == nil } ?? false, valid: age.band != nil)
    }
    let other = Dictionary(
      participant.others.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    self.init(
      id: participant.label.description, raw: participant.id.text,
      organisation: participant.organisation, roles: participant.roles,
      gender: participant.gender, ageBand: age, other: other, line: participant.id.lineNumber)
  }
}
