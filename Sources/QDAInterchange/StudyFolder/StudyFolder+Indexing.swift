internal import QDACore

// readings.csv and the rules of codebook.yaml
extension StudyReader {
  static let readingsFile = "readings.csv"
  static let readingColumns = ["id", "source", "purpose", "version", "by", "at", "comment"]

  mutating func readReadings() {
    guard let table = table(Self.readingsFile) else { return }
    let rows = table.rows(
      required: ["source", "purpose"], known: Self.readingColumns, findings: findings)
    var ordinals: [String: Int] = [:]
    for row in rows {
      guard let record = reading(row, &ordinals) else {
        findings.leaveOut("\(row["source"]) \(row["purpose"])", in: table.name)
        continue
      }
      project.readings[record.id] = record
      homes[.reading(record.id)] = RecordHome(file: table.name, record: row.index)
    }
  }

  private mutating func reading(
    _ row: CSVRow, _ ordinals: inout [String: Int]
  ) -> ReadingRecord? {
    guard let source = source(row["source"], at: row.spot("source")) else { return nil }
    guard let purpose = ReadingRecord.Purpose(rawValue: row["purpose"]) else {
      let words = ReadingRecord.Purpose.allCases.map(\.rawValue).joined(separator: ", ")
      reportValue(row["purpose"], "one of \(words)", at: row.spot("purpose"))
      return nil
    }
    var key = row["id"]
    if key.isEmpty {
      let name = [row["source"], row["purpose"], row["by"], row["at"]].joined(separator: " ")
      ordinals[name, default: 0] += 1
      key = ordinals[name] == 1 ? name : "\(name) \(ordinals[name] ?? 0)"
    }
    guard let id = enter(key, ReadingRecord.self, at: row.spot("id")) else { return nil }
    var version: Int?
    if !row["version"].isEmpty {
      version = Int(row["version"])
      if version == nil {
        reportValue(row["version"], "a number of a version", at: row.spot("version"))
      }
    }
    let time = Timestamp(row["at"])
    if time == nil, !row["at"].isEmpty {
      reportValue(row["at"], "a date such as 2026-03-04", at: row.spot("at"))
    }
    return ReadingRecord(
      id: id, source: source, purpose: purpose, version: version,
      stamp: Stamp(by: row["by"].isEmpty ? nil : coder(row["by"], at: row.spot("by")), at: time),
      comment: row.field("comment")?.text ?? "")
  }

  static let ruleKeys = [
    "id", "guid", "name", "version", "code", "speakers", "headings", "words", "pattern",
  ]

  mutating func readRules(_ book: YAMLMapping) {
    for map in book.maps("rules", "rule", keys: Self.ruleKeys) {
      guard let key = map.required("id"), let name = map.required("code"),
        let code = code(name, at: map.spot("code")),
        let id = enter(key, guid: map.text("guid"), IndexingRule.self, at: map.spot("id"))
      else { continue }
      project.rules[id] = IndexingRule(
        id: id, name: map.text("name") ?? key, version: map.integer("version") ?? 1, code: code,
        speakers: map.texts("speakers").map(\.text), headings: map.texts("headings").map(\.text),
        words: map.texts("words").map(\.text), pattern: map.text("pattern") ?? "")
    }
  }
}

extension StudyImage {
  mutating func addReadings() {
    guard !project.readings.isEmpty else { return }
    var table = Table(columns: ["id", "source", "purpose", "version", "by", "at"])
    for record in project.readings {
      var values = [
        "id": key(record.id), "purpose": record.purpose.rawValue,
        "source": sourceFiles[record.source] ?? key(record.source),
      ]
      values["version"] = record.version.map(String.init)
      values["by"] = record.stamp.by.map { key($0) }
      values["at"] = record.stamp.at.map { Self.time($0) }
      values["comment"] = record.comment.isEmpty ? nil : record.comment
      if values["comment"] != nil, !table.columns.contains("comment") {
        table.columns.append("comment")
      }
      table.rows.append(Row(key: .reading(record.id), values: values))
    }
    tables[StudyReader.readingsFile] = table
  }

  func rule(_ rule: IndexingRule) -> YAMLValue {
    let key = key(rule.id)
    return .map([
      ("id", .text(key)), ("guid", guid(rule.id)),
      ("name", rule.name == key || rule.name.isEmpty ? nil : .text(rule.name)),
      ("version", rule.version == 1 ? nil : .text(String(rule.version))),
      ("code", .text(self.key(rule.code))), ("speakers", texts(rule.speakers)),
      ("headings", texts(rule.headings)), ("words", texts(rule.words)),
      ("pattern", text(rule.pattern)),
    ])
  }
}
