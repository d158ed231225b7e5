internal import OrderedCollections

/// The objects of one kind, in the order in which they were added, found by id in constant time.
///
/// Two tables are equal when they hold equal objects, in whatever order.
public struct Table<Element: Identified>: Sendable {
  private var elements: OrderedDictionary<ID<Element>, Element> = [:]

  /// Creates an empty table.
  public init() {}

  /// Creates a table; of two objects with the same id the later one stays, in the earlier place.
  public init(_ elements: some Sequence<Element>) {
    for element in elements { self[element.id] = element }
  }

  /// The object with this id, or `nil`; assigning `nil` removes it and keeps the order of the rest.
  ///
  /// An object is kept under its own id, even where it is assigned to another.
  ///
  /// - Complexity: O(1); removing is O(count).
  public subscript(id: ID<Element>) -> Element? {
    get { elements[id] }
    set { elements[newValue?.id ?? id] = newValue }
    // In place: what an object holds would else be copied with every change of it.
    _modify {
      yield &elements[id]
      if let element = elements[id], element.id != id {
        elements[id] = nil
        elements[element.id] = element
      }
    }
  }

  /// Inserts an object at a position, clamped to the table, or puts it in the place of its id.
  ///
  /// - Complexity: O(count) at a position; O(1) at the end or for a known id.
  public mutating func insert(_ element: Element, at position: Int? = nil) {
    if let position, elements[element.id] == nil {
      elements.updateValue(
        element, forKey: element.id, insertingAt: Swift.max(0, Swift.min(position, elements.count)))
    } else {
      elements[element.id] = element
    }
  }

  /// The position of an object, or `nil`.
  public func position(of id: ID<Element>) -> Int? { elements.index(forKey: id) }

  /// Whether an object with this id is here.
  public func contains(_ id: ID<Element>) -> Bool { elements[id] != nil }

  /// The ids in order.
  public var ids: [ID<Element>] { Array(elements.keys) }
}

extension Table: RandomAccessCollection {
  /// The first position, which is 0.
  public var startIndex: Int { 0 }
  /// The position after the last object.
  public var endIndex: Int { elements.count }
  /// The object at a position in the order of addition.
  public subscript(position: Int) -> Element { elements.values[position] }
}

extension Table: ExpressibleByArrayLiteral {
  /// Creates a table of the listed objects.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Table: Equatable where Element: Equatable {
  /// Compares two tables, ignoring the order of their rows.
  public static func == (left: Table, right: Table) -> Bool {
    left.count == right.count && left.allSatisfy { right[$0.id] == $0 }
  }
}

extension Table: Codable where Element: Codable {
  /// Reads a table from a list of objects.
  public init(from decoder: any Decoder) throws {
    self.init(try [Element](from: decoder))
  }

  /// Writes the objects as a list, in order.
  public func encode(to encoder: any Encoder) throws {
    try Array(self).encode(to: encoder)
  }
}
