/// The positions of rows by their ids, which are looked up in the rows themselves.
///
/// A hash table of four bytes a place, at most two thirds full. Hashing is that of the standard
/// library, which nobody who writes a file can foresee.
struct RowPositions: Sendable {
  private var places: [UInt32] = []
  private static let free = UInt32.max

  /// An index of no rows.
  init() {}

  /// Indexes rows; of several with one id the first is found.
  ///
  /// - Complexity: O(*n*) on average.
  init<Kind>(count: Int, _ id: (_ position: Int) -> ID<Kind>) {
    if count == 0 { return }
    var capacity = 4
    while capacity < count + count / 2 { capacity *= 2 }
    places = [UInt32](repeating: Self.free, count: capacity)
    for position in 0..<count {
      let own = id(position)
      var place = start(of: own)
      while places[place] != Self.free, id(Int(places[place])) != own {
        place = (place + 1) & (capacity - 1)
      }
      if places[place] == Self.free { places[place] = UInt32(position) }
    }
  }

  /// The position of the row with an id.
  ///
  /// - Complexity: O(1) on average.
  func find<Kind>(_ wanted: ID<Kind>, _ id: (_ position: Int) -> ID<Kind>) -> Int? {
    if places.isEmpty { return nil }
    var place = start(of: wanted)
    while places[place] != Self.free {
      let position = Int(places[place])
      if id(position) == wanted { return position }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private func start<Kind>(of id: ID<Kind>) -> Int { id.hashValue & (places.count - 1) }
}
