internal import QDACore

// mapping.yaml
extension StudyReader {
  static let mappingFile = "mapping.yaml"

  mutating func readMapping() {
    guard
      let file = document(
        Self.mappingFile, "mapping", keys: ["categories", "typologies", "explanations"])
    else { return }
    readCategories(file)
    let known = [
      "id", "guid", "name", "unit", "dimensions", "columns", "types", "placements", "by", "at",
    ]
    for map in file.maps("typologies", "typology", keys: known) { readTypology(map) }
    let keys = ["id", "guid", "kind", "text", "cells", "passages", "by", "at"]
    for map in file.maps("explanations", "explanation", keys: keys) { readExplanation(map) }
  }

  private mutating func readCategories(_ file: YAMLMapping) {
    let known = [
      "id", "guid", "level", "name", "definition", "column", "parent", "cases", "by", "at",
    ]
    var read: [(YAMLMapping, ID<QDACore.Category>)] = []
    for map in file.maps("categories", "category", keys: known) {
      guard let key = map.required("id"),
        let id = enter(key, guid: map.text("guid"), QDACore.Category.self, at: map.spot("id"))
      else { continue }
      read.append((map, id))
    }
    for (map, id) in read {
      guard let column = map.required("column").flatMap({ code($0, at: map.spot("column")) }) else {
        continue
      }
      var parent: ID<QDACore.Category>?
      if let key = map.text("parent") {
        parent = keys.id(for: key)
        if parent == nil { reportUnknown(key, "category", at: map.spot("parent")) }
      }
      project.categories[id] = QDACore.Category(
        id: id, level: map.choice("level") ?? .element,
        name: map.text("name") ?? keys.key(of: id), definition: map.text("definition") ?? "",
        column: column, parent: parent,
        cases: map.texts("cases").compactMap { participant($0.text, at: map.spot(of: $0.node)) },
        stamp: stamp(map))
    }
  }

  private func reportUnknown(_ key: String, _ what: String, at spot: Spot) {
    if isInRest(key) { return }
    findings.add(
      Diagnostic(
        "map.reference-unknown", .error, at: spot.place, "'\(key)' is no \(what) of the mapping",
        raw: key, line: spot.line, solutions: ["correct the key, or add the \(what)"]))
  }

  private mutating func readTypology(_ map: YAMLMapping) {
    guard let key = map.required("id"),
      let id = enter(key, guid: map.text("guid"), Typology.self, at: map.spot("id"))
    else { return }
    let types = map.maps("types", "type", keys: ["name", "definition"]).compactMap { type in
      type.required("name").map { Term(name: $0, definition: type.text("definition") ?? "") }
    }
    var placements: [Typology.Placement] = []
    for place in map.maps("placements", "placement", keys: ["case", "type", "reason"]) {
      guard let one = place.required("case").flatMap({ participant($0, at: place.spot("case")) })
      else { continue }
      let type = place.text("type")
      if let type, !types.contains(where: { $0.name == type }) {
        reportUnknown(type, "type", at: place.spot("type"))
        continue
      }
      placements.append(
        Typology.Placement(one, in: type, reason: place.text("reason") ?? ""))
    }
    project.typologies[id] = Typology(
      id: id, name: map.text("name") ?? key, unit: map.text("unit") ?? "participant",
      dimensions: map.texts("dimensions").map(\.text),
      columns: map.texts("columns").compactMap { code($0.text, at: map.spot(of: $0.node)) },
      types: types, placements: placements, stamp: stamp(map))
  }

  private mutating func readExplanation(_ map: YAMLMapping) {
    guard let key = map.required("id"),
      let id = enter(key, guid: map.text("guid"), Explanation.self, at: map.spot("id"))
    else { return }
    var cells: [Cell.Key] = []
    for cell in map.maps("cells", "cell", keys: ["case", "code"]) {
      guard let row = cell.required("case").flatMap({ participant($0, at: cell.spot("case")) }),
        let column = cell.required("code").flatMap({ code($0, at: cell.spot("code")) })
      else { continue }
      cells.append(Cell.Key(row: row, column: column))
    }
    project.explanations[id] = Explanation(
      id: id, kind: map.choice("kind") ?? .implicit, text: map.text("text") ?? "", cells: cells,
      passages: map.texts("passages").compactMap { passage($0.text, at: map.spot(of: $0.node)) },
      stamp: stamp(map))
  }
}

extension StudyImage {
  func mapping() -> YAMLValue {
    .map([
      ("categories", list(project.categories.map(category))),
      ("typologies", list(project.typologies.map(typology))),
      ("explanations", list(project.explanations.map(explanation))),
    ])
  }

  private func category(_ one: QDACore.Category) -> YAMLValue {
    let key = key(one.id)
    return .map([
      ("id", .text(key)), ("guid", guid(one.id)),
      ("level", one.level == .element ? nil : .text(one.level.rawValue)),
      ("name", one.name == key ? nil : .text(one.name)), ("definition", text(one.definition)),
      ("column", .text(self.key(one.column))), ("parent", one.parent.map { .text(self.key($0)) }),
      ("cases", texts(one.cases.map { self.key($0) })), ("by", by(one.stamp)),
      ("at", at(one.stamp)),
    ])
  }

  private func typology(_ one: Typology) -> YAMLValue {
    let key = key(one.id)
    return .map([
      ("id", .text(key)), ("guid", guid(one.id)), ("name", one.name == key ? nil : .text(one.name)),
      ("unit", one.unit == "participant" ? nil : .text(one.unit)),
      ("dimensions", texts(one.dimensions)),
      ("columns", texts(one.columns.map { self.key($0) })),
      (
        "types",
        list(
          one.types.map { .map([("name", .text($0.name)), ("definition", text($0.definition))]) })
      ),
      (
        "placements",
        list(
          one.placements.map {
            .map(
              [
                ("case", .text(self.key($0.one))), ("type", $0.type.map { .text($0) }),
                ("reason", text($0.reason)),
              ], isFlow: true)
          })
      ), ("by", by(one.stamp)), ("at", at(one.stamp)),
    ])
  }

  private func explanation(_ one: Explanation) -> YAMLValue {
    .map([
      ("id", .text(key(one.id))), ("guid", guid(one.id)), ("kind", .text(one.kind.rawValue)),
      ("text", .text(one.text)),
      (
        "cells",
        list(
          one.cells.map {
            .map(
              [("case", .text(key($0.row))), ("code", .text(key($0.column)))], isFlow: true)
          })
      ), ("passages", texts(one.passages.map { reference($0) })), ("by", by(one.stamp)),
      ("at", at(one.stamp)),
    ])
  }
}
