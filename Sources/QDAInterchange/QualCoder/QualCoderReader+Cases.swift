internal import QDACore

extension QualCoderReader {
  mutating func readCases() throws(ReadingError) {
    for row in try content.rowsIfPresent(
      "cases", ["caseid", "name"], optional: ["memo"], orderedBy: ["caseid"])
    {
      guard let key = row.integer("caseid") else { continue }
      let id: ID<Case> = result.id("case", String(key))
      cases[key] = id
      result.project.cases.insert(
        Case(id: id, name: row.string("name"), unit: "case", description: row.string("memo")))
    }
    for row in try content.rowsIfPresent(
      "case_text", ["caseid", "fid", "pos0", "pos1"],
      optional: ["id", "owner", "date", "memo"], orderedBy: ["caseid", "fid", "pos0", "pos1"])
    {
      guard let one = row.integer("caseid").flatMap({ cases[$0] }) else {
        content.missing("case", for: "link of a case to a source")
        continue
      }
      guard let number = row.integer("fid"), let source = sources[number] else {
        content.missing("source", for: "link of a case to a source")
        continue
      }
      result.cover(
        one, source: source, from: row.integer("pos0") ?? 0, to: row.integer("pos1") ?? 0,
        key: ["\(row.integer("caseid") ?? 0)", "\(number)"],
        stamp: result.stamp(row.text("owner"), row.text("date")), description: row.string("memo"))
    }
  }

  mutating func readAttributes() throws(ReadingError) {
    var kinds: [String: Attribute.Kind] = [:]
    for row in try content.rowsIfPresent(
      "attribute_type", ["name"], optional: ["memo", "valuetype"], orderedBy: ["name"])
    {
      guard let name = row.text("name") else { continue }
      let kind: Attribute.Kind = row.string("valuetype").lowercased() == "numeric" ? .number : .text
      kinds[name] = kind
      result.project.attributes.insert(
        Attribute(
          id: result.id("attribute", name), name: name, kind: kind, definition: row.string("memo")))
    }
    for row in try content.rowsIfPresent(
      "attribute", ["name", "attr_type", "value", "id"], orderedBy: ["attrid"])
    {
      guard let name = row.text("name"), let number = row.integer("id") else { continue }
      guard let kind = kinds[name] else {
        content.missing("type of attribute", for: "value")
        continue
      }
      guard let value = row.attributeValue("value", as: kind) else { continue }
      let attribute: ID<Attribute> = result.id("attribute", name)
      switch row.string("attr_type") {
      case "case":
        guard let id = cases[number] else {
          content.missing("case", for: "value")
          continue
        }
        result.set(value, of: attribute, for: id)
      case "file":
        guard let id = sources[number] else {
          content.missing("source", for: "value")
          continue
        }
        result.set(value, of: attribute, for: id)
      default: content.leftOut(1, "values of attributes of journals and the like")
      }
    }
  }

  mutating func readNotes() throws(ReadingError) {
    for row in try content.rowsIfPresent(
      "annotation", ["anid", "fid", "pos0", "pos1", "memo"], optional: ["owner", "date"],
      orderedBy: ["anid"])
    {
      guard let number = row.integer("anid") else { continue }
      guard let source = row.integer("fid").flatMap({ sources[$0] }) else {
        content.missing("source", for: "annotation")
        continue
      }
      let stamp = result.stamp(row.text("owner"), row.text("date"))
      let id: ID<Passage> = result.id("annotation", String(number))
      result.add(
        DatabaseImport.Selection(
          passage: Passage(id: id, source: source, region: .whole, created: stamp),
          stored: StoredSelection(
            start: row.integer("pos0") ?? 0, end: row.integer("pos1") ?? 0, quote: nil)))
      result.addNote(
        .annotation, "annotation", String(number), body: row.string("memo"), about: [.passage(id)],
        stamp: stamp)
    }
    for row in try content.rowsIfPresent(
      "journal", ["jid", "name", "jentry"], optional: ["owner", "date"], orderedBy: ["jid"])
    {
      guard let number = row.integer("jid") else { continue }
      result.addNote(
        .journal, "journal", String(number), title: row.string("name"), body: row.string("jentry"),
        about: [], stamp: result.stamp(row.text("owner"), row.text("date")))
    }
  }
}
