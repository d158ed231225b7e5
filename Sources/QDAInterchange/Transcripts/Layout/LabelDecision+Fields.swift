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
    let labelled = candidates.lazy.filter { $0.form == .marked }
      .compactMap { speakerKeys[labels.keys[$0.key]] }
    let counts = Dictionary(labelled.map { ($0, 1) }, uniquingKeysWith: +)
    var places: [String: Int] = [:]
    var last: Int?
    var records = 0
    var fields = 0
    for owner in labelled where counts[owner, default: 0] > 1 {
      fields += 1
      let place = places[owner, default: places.count]
      places[owner] = place
      if let last, place <= last {
        if place != 0 { return false }
        records += 1
      } else if last == nil {
        records = 1
      }
      last = place
    }
    if isStrict, fields * 4 < records * places.count * 3 { return false }
    return places.count >= 3 && records >= 2
  }

  /// Whether a key is a field of letters that stand in the document.
  func isOfMail(_ key: String) -> Bool {
    key == "subject" && tallies["from"] != nil && tallies["to"] != nil
  }
}
