/// How a file spells its GUIDs, which is kept for writing it back.
///
/// Spelling tells no two objects apart; it is no part of what projects are compared by.
public struct IDStyle: Hashable, Sendable {
  /// Whether the letters among the digits are capitals.
  public var isUppercase: Bool
  /// Whether each GUID stands in braces.
  public var hasBraces: Bool

  /// Creates a style; without arguments that of this library, lower case and bare.
  public init(isUppercase: Bool = false, hasBraces: Bool = false) {
    self.isUppercase = isUppercase
    self.hasBraces = hasBraces
  }
}
