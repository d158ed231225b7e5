// Labels of records: minutes, recipes, codebooks.
extension LabelDecision {
  /// Whether three labels or more stand in one order again and again, as the fields of records do.
  ///
  /// A record may leave fields out. Who speaks in turn goes back to another than the first sooner or
  /// later.
  ///
  /// - Parameter isStrict: Whether something else speaks for a talk, so that the records must be nearly
  ///   complete.
  func areFields(isStrict: Bool) -> Bool {
    // The owners by number, so that no key is looked up for each candidate.
    var numbers: [String: Int] = [:]
    for owner in speakerKeys.values where numbers[owner] == nil { numbers[owner] = numbers.count }
    let owners = labels.keys.map { speakerKeys[$0].flatMap { numbers[$0] } }
    let labelled = candidates.lazy.filter { $0.form == .marked }.compactMap { owners[$0.key] }
    var counts = [Int](repeating: 0, count: numbers.count)
    for owner in labelled { counts[owner] += 1 }
    var places = [Int?](repeating: nil, count: numbers.count)
    var placed = 0
    var last: Int?
    var records = 0
    var fields = 0
    for owner in labelled where counts[owner] > 1 {
      fields += 1
      let place = places[owner] ?? placed
      if places[owner] == nil { placed += 1 }
      places[owner] = place
      if let last, place <= last {
        if place != 0 { return false }
        records += 1
      } else if last == nil {
        records = 1
      }
      last = place
    }
    if isStrict, fields * 4 < records * placed * 3 { return false }
    return placed >= 3 && records >= 2
  }

  /// Whether a key is a field of letters that stand in the document.
  func isOfMail(_ key: String) -> Bool {
    key == "subject" && tallies["from"] != nil && tallies["to"] != nil
  }
}
