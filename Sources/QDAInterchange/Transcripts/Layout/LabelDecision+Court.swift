internal import QDACore

// The labels of records of courts and of depositions.
extension LabelDecision {
  /// Takes letters with a full stop, `Q.  Where?` and `A.  There.`, where one who asks and one who
  /// answers take turns.
  mutating func decideDotted() {
    var counts: [Int: Int] = [:]
    var sequence: [Int] = []
    for candidate in candidates
    where candidate.form == .bare && candidate.layout == .inline
      && labels.keys[candidate.key].count == 1
    {
      counts[candidate.key, default: 0] += 1
      sequence.append(candidate.key)
    }
    let pair = counts.keys.filter { counts[$0] ?? 0 >= 2 && RoleWord.of(labels.keys[$0]) != nil }
    let roles = pair.map { RoleWord.of(labels.keys[$0])?.role }
    guard pair.count == 2, roles.contains(.interviewer), roles.contains(.participant) else {
      return
    }
    let changes = zip(sequence, sequence.dropFirst()).count {
      $0 != $1 && pair.contains($0) && pair.contains($1)
    }
    guard sequence.count >= 4, changes * 5 >= (sequence.count - 1) * 4 else { return }
    for key in pair.map({ labels.keys[$0] }).sorted() where speakerKeys[key] == nil {
      speakerKeys[key] = key
      confidence = .medium
    }
    acceptsBare.insert(.inline)
    // Counsel and judge speak up seldom, and far to the right.
    for candidate in candidates
    where candidate.form == .marked && !candidate.isWeak
      && isOfCourt(labels.names[candidate.name])
    {
      let key = labels.keys[candidate.key]
      speakerKeys[key] = speakerKeys[key] ?? key
    }
  }

  // `MR. BROWN` and `THE COURT`.
  private func isOfCourt(_ name: String) -> Bool {
    !name.contains(where: \.isLowercase)
      && (!PersonName(name[...]).title.isEmpty || name.hasPrefix("THE "))
  }
}
