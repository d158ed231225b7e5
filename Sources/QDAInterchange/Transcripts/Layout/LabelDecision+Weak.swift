internal import QDACore

// Labels whose letters speak against them and whose places speak for them.
extension LabelDecision {
  /// Takes labels in small letters where otherwise only interviewers would speak, or where they begin
  /// half of all paragraphs, and keeps in mind those that take turns with the others.
  mutating func weighWeak(units: Int) {
    if speakerKeys.isEmpty {
      let words = turnTaking(withOthers: true).filter { !$0.key.contains(" ") }
      let hits = words.reduce(0) { $0 + $1.count }
      let hasStrong = words.contains { tallies[$0.key]?.shallow ?? 0 >= 3 }
      guard (2...12).contains(words.count), hits >= 4, hits * (hasStrong ? 4 : 2) >= units else {
        return
      }
      for (key, _) in words { speakerKeys[key] = key }
      confidence = .low
      return
    }
    takeSlips()
    let found = turnTaking()
    if found.isEmpty { return }
    let asking = speakerKeys.keys.filter { RoleWord.of($0)?.role == .interviewer }
    let asked = asking.reduce(0) { $0 + (tallies[$1]?.count ?? 0) }
    let answers = found.reduce(0) { $0 + $1.count }
    if asking.count == speakerKeys.count, answers * 2 >= asked {
      for (key, _) in found { speakerKeys[key] = key }
      confidence = .low
    } else {
      setDoubtful(found.filter { $0.count >= 3 }.map(\.key))
    }
  }

  // `Interviewer l:` for `Interviewer 1:`.
  private mutating func takeSlips() {
    let recurring = speakerKeys.keys.filter { tallies[$0]?.count ?? 0 >= 5 }
    let roles = speakerKeys.keys.filter { RoleWord.of($0)?.isWord == true }
    guard recurring.count <= 40, !recurring.isEmpty || !roles.isEmpty else { return }
    var seen: Set<Int> = []
    for candidate in candidates where candidate.isLoose && seen.insert(candidate.key).inserted {
      // Beyond that they are those of prose, and comparing each would take long.
      if seen.count > 1000 { return }
      let key = labels.keys[candidate.key]
      guard speakerKeys[key] == nil else { continue }
      if Self.isNear(key, to: recurring) || isNearRole(key, of: roles) { speakerKeys[key] = key }
    }
  }

  // Weak labels that recur, and that hardly ever follow themselves; with others that do so.
  private func turnTaking(withOthers: Bool = false) -> [(key: String, count: Int)] {
    var counts = [(all: Int, apart: Int)](repeating: (0, 0), count: labels.keys.count)
    let accepted = labels.keys.map { speakerKeys[$0] != nil }
    var order: [Int] = []
    var previous: Int?
    for candidate in candidates
    where candidate.form == .marked && candidate.layout != .table && !candidate.isDeep {
      let isAccepted = accepted[candidate.key]
      guard isAccepted || candidate.isWeak || withOthers else { continue }
      if !isAccepted {
        if counts[candidate.key].all == 0 { order.append(candidate.key) }
        counts[candidate.key].all += 1
        if previous != candidate.key { counts[candidate.key].apart += 1 }
      }
      previous = candidate.key
    }
    return order.compactMap { number in
      let (all, apart) = counts[number]
      let key = labels.keys[number]
      // One of two may be labelled anew for each paragraph.
      guard all >= 2, apart * 5 >= all * (withOthers ? 3 : 4), !HeaderBlock.isStopLabel(key) else {
        return nil
      }
      return (key, all)
    }
  }
}
