/// The positions of rows by their ids, which are looked up in the rows themselves.
///
/// A hash table of four bytes a place, at most two thirds full.
struct RowPositions: Sendable {
  private var places: [UInt32] = []
  private static var free: UInt32 { .max }

  /// An index of no rows.
  init() {}

  /// Indexes rows; of several with one id the first is found.
  ///
  /// - Parameter room: For how many rows there is to be room, where that is more.
  /// - Complexity: O(*n*) on average.
  init<Kind>(count: Int, room: Int = 0, _ id: (_ position: Int) -> ID<Kind>) {
    let rows = max(count, room)
    if rows == 0 { return }
    var capacity = 4
    while capacity < rows + rows / 2 { capacity *= 2 }
    places = [UInt32](repeating: Self.free, count: capacity)
    for position in 0..<count { add(position, id) }
  }

  /// Indexes one more row behind those that are indexed; the rows up to it must be there.
  ///
  /// - Complexity: O(1) on average.
  mutating func append<Kind>(_ position: Int, _ id: (_ position: Int) -> ID<Kind>) {
    if places.count < position + 1 + (position + 1) / 2 {
      self = RowPositions(count: position + 1, room: (position + 1) * 2, id)
    } else {
      add(position, id)
    }
  }

  private mutating func add<Kind>(_ position: Int, _ id: (_ position: Int) -> ID<Kind>) {
    let own = id(position)
    var place = start(of: own)
    while places[place] != Self.free, id(Int(places[place])) != own {
      place = (place + 1) & (places.count - 1)
    }
    if places[place] == Self.free { places[place] = UInt32(position) }
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

  private func start<Kind>(of id: ID<Kind>) -> Int {
    Int(truncatingIfNeeded: id.keyedHash >> 32) & (places.count - 1)
  }
}

/// Drawn once for each process, so that nobody who writes a file can foresee which ids collide.
private let hashKey: (high: UInt64, low: UInt64) = (
  UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)
)

extension ID {
  /// A hash that costs one multiplication; it differs from process to process.
  var keyedHash: UInt64 {
    let product = (high ^ hashKey.high).multipliedFullWidth(by: low ^ hashKey.low)
    return product.high ^ product.low
  }
}
