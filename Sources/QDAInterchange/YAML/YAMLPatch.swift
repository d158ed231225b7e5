/// Edits a YAML file in place: what a change does not concern keeps its bytes, comments included.
///
/// The change is given as what the writer would have written before and after. Only entries and
/// items that differ between the two are touched; keys that the writer does not know stay.
struct YAMLPatch {
  let document: YAMLDocument
  private let lineEnd: String
  private var edits: [(range: Range<Int>, text: String)] = []

  /// The bytes of a file after a change.
  static func apply(from old: YAMLValue, to new: YAMLValue, in document: YAMLDocument) -> [UInt8] {
    var patch = YAMLPatch(document)
    if let root = document.root, !root.isNull, case .map = root.content {
      if root.style == .flow {
        patch.replaceFlow(root, from: old, to: new)
      } else {
        patch.patchMap(root, from: old, to: new, endLine: document.lines.starts.count + 1)
      }
    } else {
      patch.append(new)
    }
    return patch.result()
  }

  private init(_ document: YAMLDocument) {
    self.document = document
    let first = document.lines.range(1).map { document.bytes[$0] } ?? []
    lineEnd = first.suffix(2) == [0x0D, 0x0A] ? "\r\n" : "\n"
  }

  private func result() -> [UInt8] {
    var bytes: [UInt8] = []
    var position = 0
    // What is put in before a stretch comes before what becomes of the stretch itself.
    let ordered = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.isEmpty ? 0 : 1, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.isEmpty ? 0 : 1, $1.offset)
    }
    for (_, edit) in ordered where edit.range.lowerBound >= position {
      bytes += document.bytes[position..<edit.range.lowerBound]
      bytes += edit.text.replacing("\n", with: lineEnd).utf8
      position = edit.range.upperBound
    }
    bytes += document.bytes[position...]
    return bytes
  }

  private mutating func append(_ new: YAMLValue) {
    let end = document.bytes.count
    let lead = document.bytes.isEmpty || document.bytes.last == 0x0A ? "" : "\n"
    edits.append((end..<end, lead + YAMLWriting.file(new)))
  }

  // MARK: Mappings

  private mutating func patchMap(
    _ node: YAMLNode, from old: YAMLValue, to new: YAMLValue, endLine: Int
  ) {
    let before = old.entries ?? []
    let after = new.entries ?? []
    let entries = node.entries
    for (index, entry) in entries.enumerated() {
      let next = index + 1 < entries.count ? entries[index + 1].line : endLine
      let range = entryRange(entry, endLine: next)
      switch (old[entry.key], new[entry.key]) {
      case (let before?, let after?):
        if before != after { patch(entry, from: before, to: after, range, endLine: next) }
      case (nil, let after?): replace(entry, with: after, range)
      case (_?, nil):
        remove(entry, range, next: index + 1 < entries.count ? entries[index + 1] : nil)
      case (nil, nil): break
      }
    }
    var previous: YAMLNode.Entry?
    for (key, value) in after {
      if let present = entries.first(where: { $0.key == key }) {
        previous = present
      } else if before.first(where: { $0.key == key })?.value != value {
        let last = entries.last { old[$0.key] == nil || new[$0.key] != nil }
        insert(key, value, into: node, behind: previous ?? last, endLine: endLine)
      }
    }
  }

  private mutating func patch(
    _ entry: YAMLNode.Entry, from old: YAMLValue, to new: YAMLValue, _ range: Range<Int>,
    endLine: Int
  ) {
    let node = entry.value
    switch (node.content, new.content) {
    case (.map, .map) where node.style == .flow, (.list, .list) where node.style == .flow:
      let isEmpty = node.items.isEmpty && node.entries.isEmpty
      if (isEmpty && !new.isFlow) || !fitsFlow(new) {
        replace(entry, with: new, range)
      } else {
        replaceFlow(node, from: old, to: new)
      }
    case (.map, .map(let entries)) where !entries.isEmpty:
      patchMap(node, from: old, to: new, endLine: endLine)
    case (.list, .list(let items)) where !items.isEmpty:
      if !patchList(node, from: old, to: new, endLine: endLine) { replace(entry, with: new, range) }
    case (.text, .text(let text)):
      if let exact = scalarRange(node), !text.contains("\n") {
        edits.append((exact, YAMLWriting.scalar(text, isFlow: false)))
      } else {
        replace(entry, with: new, range)
      }
    default: replace(entry, with: new, range)
    }
  }

  private mutating func replace(
    _ entry: YAMLNode.Entry, with value: YAMLValue, _ range: Range<Int>
  ) {
    edits.append((range, YAMLWriting.entry(entry.key, value, indent: entry.column - 1)))
  }

  private mutating func remove(
    _ entry: YAMLNode.Entry, _ range: Range<Int>, next: YAMLNode.Entry?
  ) {
    let lineStart = document.lines.range(entry.line)?.lowerBound ?? range.lowerBound
    let isFirstOnLine = document.bytes[lineStart..<range.lowerBound].allSatisfy { $0 == 0x20 }
    if isFirstOnLine {
      edits.append((lineStart..<endOfLine(range.upperBound), ""))
    } else if let next {
      edits.append((range.lowerBound..<offset(next.line, next.column), ""))
    } else {
      edits.append((range, ""))
    }
  }

  private mutating func insert(
    _ key: String, _ value: YAMLValue, into node: YAMLNode, behind previous: YAMLNode.Entry?,
    endLine: Int
  ) {
    let lead = String(repeating: " ", count: node.column - 1)
    let text = "\n" + lead + YAMLWriting.entry(key, value, indent: node.column - 1)
    guard let previous, let index = node.entries.firstIndex(where: { $0.key == previous.key })
    else { return }
    let next = index + 1 < node.entries.count ? node.entries[index + 1].line : endLine
    let end = entryRange(previous, endLine: next).upperBound
    edits.append((end..<end, text))
  }

  // MARK: Lists

  /// Edits a block list item by item, or gives up where items cannot be told apart or were reordered.
  private mutating func patchList(
    _ node: YAMLNode, from old: YAMLValue, to new: YAMLValue, endLine: Int
  ) -> Bool {
    let before = old.items ?? []
    let after = new.items ?? []
    let names = before.map(\.identity)
    let newNames = after.map(\.identity)
    guard node.style == .block, !names.contains(nil), !newNames.contains(nil),
      Set(names).count == names.count, Set(newNames).count == newNames.count
    else { return false }
    let kept = newNames.filter { names.contains($0) }
    guard kept == names.filter({ newNames.contains($0) }) else { return false }
    let places = places(of: names.compactMap { $0 }, in: node)
    let starts = itemStarts(node) + [endLine]
    for (index, name) in names.enumerated() {
      guard let name, let place = places[name] else { continue }
      let item = node.items[place]
      let range = itemRange(place, starts, column: node.column)
      if let position = newNames.firstIndex(of: name) {
        if before[index] != after[position] {
          patchItem(
            item, from: before[index], to: after[position], range, endLine: starts[place + 1])
        }
      } else {
        let start = document.lines.range(starts[place])?.lowerBound ?? range.lowerBound
        edits.append((start..<endOfLine(range.upperBound), ""))
      }
    }
    var previous: Int?
    for (position, name) in newNames.enumerated() {
      if let name, let place = places[name] {
        previous = place
      } else if !names.contains(name) {
        insert(after[position], into: node, behind: previous, starts)
      }
    }
    return true
  }

  /// Where each known item stands among the items of the file.
  private func places(of names: [String], in node: YAMLNode) -> [String: Int] {
    var places: [String: Int] = [:]
    for (place, item) in node.items.enumerated() {
      if let name = YAMLValue(item).identity, places[name] == nil { places[name] = place }
    }
    // Items without an id of their own are in the order in which they were read.
    let unnamed = node.items.indices.filter { YAMLValue(node.items[$0]).identity == nil }
    let unplaced = names.filter { places[$0] == nil }
    if unnamed.count == unplaced.count {
      for (name, place) in zip(unplaced, unnamed) { places[name] = place }
    }
    return places
  }

  private mutating func patchItem(
    _ item: YAMLNode, from old: YAMLValue, to new: YAMLValue, _ range: Range<Int>, endLine: Int
  ) {
    var old = old
    // An item that changes must be known by its id from now on, because the id may follow from it.
    if item["id"] == nil, let entries = old.entries {
      old = YAMLValue(content: .map(entries.filter { $0.key != "id" }))
    }
    switch item.content {
    case .map where item.style == .flow: replaceFlow(item, from: old, to: new)
    case .map: patchMap(item, from: old, to: new, endLine: endLine)
    default:
      let column = item.column - 2
      edits.append((range, YAMLWriting.item(new, indent: max(0, column - 1))))
    }
  }

  private mutating func insert(
    _ value: YAMLValue, into node: YAMLNode, behind previous: Int?, _ starts: [Int]
  ) {
    let indent = node.column - 1
    let item = String(repeating: " ", count: indent) + YAMLWriting.item(value, indent: indent)
    if let previous {
      let end = itemRange(previous, starts, column: node.column).upperBound
      edits.append((end..<end, "\n" + item))
    } else {
      let start = document.lines.range(starts[0])?.lowerBound ?? 0
      edits.append((start..<start, item + "\n"))
    }
  }

  // MARK: On one line

  private func fitsFlow(_ value: YAMLValue) -> Bool {
    YAMLWriting.flow(value).count <= 100
  }

  private mutating func replaceFlow(_ node: YAMLNode, from old: YAMLValue, to new: YAMLValue) {
    let start = offset(node.line, node.column)
    let merged = Self.merge(from: old, to: new, onto: YAMLValue(node))
    edits.append((start..<flowEnd(from: start), YAMLWriting.flow(merged)))
  }

  // What the writer does not know stays as it is.
  private static func merge(
    from old: YAMLValue, to new: YAMLValue, onto actual: YAMLValue
  ) -> YAMLValue {
    guard let entries = actual.entries, let after = new.entries else { return new }
    var merged: [(key: String, value: YAMLValue)] = []
    for (key, value) in entries {
      switch (old[key], new[key]) {
      case (let before?, let after?): merged.append((key, before == after ? value : after))
      case (nil, let after?): merged.append((key, after))
      case (_?, nil): break
      case (nil, nil): merged.append((key, value))
      }
    }
    for (key, value) in after where actual[key] == nil && old[key] != value {
      merged.append((key, value))
    }
    return YAMLValue(content: .map(merged), isFlow: true)
  }
}
