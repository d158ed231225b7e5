/// The labels of a document by number: each way of writing one, and each key under which labels are
/// compared, is kept once however often it recurs.
struct Labels {
  /// How labels are written, by number; two that compare equal may be composed differently.
  private(set) var names: [String] = []
  /// The keys, by number.
  private(set) var keys: [String] = []
  private var nameNumbers: [[UInt8]: Int] = [:]
  private var keyNumbers: [String: Int] = [:]

  /// The number of a way of writing a label.
  mutating func number(ofName name: String) -> Int {
    let bytes = Array(name.utf8)
    if let known = nameNumbers[bytes] { return known }
    nameNumbers[bytes] = names.count
    names.append(name)
    return names.count - 1
  }

  /// The number of a key.
  mutating func number(ofKey key: String) -> Int {
    if let known = keyNumbers[key] { return known }
    keyNumbers[key] = keys.count
    keys.append(key)
    return keys.count - 1
  }

  /// The number of a key, or `nil` where no label has it.
  func knownNumber(ofKey key: String) -> Int? { keyNumbers[key] }
}
