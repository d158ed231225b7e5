/// A cell such as `TSO—Crisis* + Employer+`: an organisation and a set of roles with their marks.
public struct RoleCell: Hashable, Sendable {
  /// A role with the footnote marks that stand at it.
  public struct Role: Hashable, Sendable {
    /// The role's name as written.
    public var name: String
    /// The marks at the name, such as `*`, in the order written.
    public var markers: [String]
  }

  /// The organisation, or what stands before the dash, or `nil`.
  public var organisation: String?
  /// The roles in the order written.
  public var roles: [Role]

  /// What helps to tell an organisation from a role.
  public struct Context: Hashable, Sendable {
    /// The roles that footnotes or the study define.
    public var terms: Set<String>
    /// The organisations that other cells name.
    public var organisations: Set<String>
    /// Whether a cell that is one plain name is a role, because the column holds nothing else.
    public var plainNamesAreRoles: Bool

    /// Creates a context; terms and organisations are compared without regard to case.
    public init(terms: [String], organisations: [String], plainNamesAreRoles: Bool) {
      self.terms = Set(terms.map(\.comparisonKey))
      self.organisations = Set(organisations.map(\.comparisonKey))
      self.plainNamesAreRoles = plainNamesAreRoles
    }
  }

  /// Takes a cell apart.
  ///
  /// The organisation ends at the first em or en dash, spaced hyphen or colon; at a bare hyphen
  /// only where what stands before it is a known organisation or what follows is a known role.
  /// Roles are separated by commas, semicolons, slashes, `&`, `and`, or a plus sign. A plus sign
  /// separates where it stands alone or is the only sign between two names; every other sign is a
  /// footnote mark of the name it touches, else of the name before it.
  public init(_ text: String, in context: Context) {
    let scalars = Array(text.trimmedOfBlanks.unicodeScalars)
    if Self.saysNone(scalars[...].text) {
      (organisation, roles) = (nil, [])
      return
    }
    // A whole paragraph is not a cell of this kind, and would be searched at every word.
    guard scalars.count <= 300 else {
      (organisation, roles) = (scalars[...].text, [])
      return
    }
    let split = Self.split(scalars, in: context)
    organisation = split.organisation.isEmpty ? nil : split.organisation
    roles = Self.roles(in: Self.withoutBrackets(split.roles), keep: context.terms)
      .map { Self.withoutLetter($0, context.terms) }
  }

  // `Crisisa` is the role `Crisis` with the footnote `a`, where a footnote defines `Crisis`.
  private static func withoutLetter(_ role: Role, _ terms: Set<String>) -> Role {
    let name = role.name.unicodeScalars
    guard let last = name.last, last.isDigit || last.properties.isLowercase,
      !terms.contains(role.name.comparisonKey),
      terms.contains(String(name.dropLast()).comparisonKey)
    else { return role }
    return Role(
      name: String(name.dropLast()).trimmedOfBlanks, markers: [String(last)] + role.markers)
  }

  private static func withoutBrackets(
    _ scalars: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar> {
    let body = scalars.drop(while: \.isBlank)
    guard body.first == "(", let close = body.lastIndex(of: ")") else { return scalars }
    return body[(body.startIndex + 1)..<close] + body[(close + 1)...]
  }

  /// The part of a cell before a dash that certainly ends the organisation, or `nil`.
  public static func certainOrganisation(in text: String) -> String? {
    let scalars = Array(text.trimmedOfBlanks.unicodeScalars)
    guard let dash = strongSeparator(in: scalars) else { return nil }
    return scalars[..<dash].text
  }

  // MARK: Organisation

  private static func saysNone(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.isDash || Footnote.marker($0) != nil || $0.isBlank }
      || ["none", "n/a", "no role", "not applicable"].contains(text.comparisonKey)
  }

  private static func strongSeparator(in scalars: [Unicode.Scalar]) -> Int? {
    scalars.indices.first { index in
      guard index > 0, index + 1 < scalars.count else { return false }
      switch scalars[index].value {
      case 0x2012...0x2015: return true
      case 0x3A: return true
      default:
        return scalars[index].isDash && scalars[index - 1].isBlank && scalars[index + 1].isBlank
      }
    }
  }

  private static func split(
    _ scalars: [Unicode.Scalar], in context: Context
  ) -> (organisation: String, roles: ArraySlice<Unicode.Scalar>) {
    if let dash = strongSeparator(in: scalars) {
      return (scalars[..<dash].text, scalars[(dash + 1)...])
    }
    for index in scalars.indices where index > 0 {
      let scalar = scalars[index]
      let before = scalars[..<index].text
      let after = scalars[(index + 1)...]
      if scalar.isDash || scalar.isBlank || scalar == "," || scalar == "/" {
        let named = roles(in: after, keep: context.terms).map(\.name.comparisonKey)
        let isRole = !named.isEmpty && named.allSatisfy(context.terms.contains)
        if context.organisations.contains(before.comparisonKey) || (scalar.isDash && isRole) {
          return (before, after)
        }
      } else if scalar == "(", context.organisations.contains(before.comparisonKey) {
        return (before, scalars[index...])
      }
    }
    let named = roles(in: scalars[...], keep: context.terms)
    let areRoles = named.contains {
      !$0.markers.isEmpty || context.terms.contains($0.name.comparisonKey)
    }
    return areRoles || context.plainNamesAreRoles
      ? ("", scalars[...]) : (scalars[...].text, [])
  }

  // MARK: Roles

  private enum Item {
    case name(String)
    case sign(String, spaceBefore: Bool, spaceAfter: Bool)

    var mark: String? {
      if case .sign(let mark, _, _) = self { mark } else { nil }
    }
  }

  private static func roles(
    in scalars: ArraySlice<Unicode.Scalar>, keep terms: Set<String>
  ) -> [Role] {
    segments(of: scalars, keep: terms).flatMap { roles(of: items(in: $0)) }
  }

  // A defined role may itself hold a slash or an 'and'.
  private static func segments(
    of scalars: ArraySlice<Unicode.Scalar>, keep terms: Set<String>
  ) -> [ArraySlice<Unicode.Scalar>] {
    if terms.contains(scalars.text.comparisonKey) { return [scalars] }
    var segments: [ArraySlice<Unicode.Scalar>] = []
    var start = scalars.startIndex
    var wordStart = scalars.startIndex
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar == "," || scalar == ";" || scalar == "/" || scalar == "&" {
        segments.append(scalars[start..<index])
        start = index + 1
        wordStart = index + 1
      } else if scalar.isBlank {
        if ["and", "plus"].contains(scalars[wordStart..<index].text.lowercased()) {
          segments.append(scalars[start..<wordStart])
          start = index + 1
        }
        wordStart = index + 1
      }
    }
    segments.append(scalars[start...])
    return segments
  }

  private static func items(in scalars: ArraySlice<Unicode.Scalar>) -> [Item] {
    var items: [Item] = []
    var start = scalars.startIndex
    func name(upTo end: Int) {
      let text = scalars[start..<end].text
      if !text.isEmpty { items.append(.name(text)) }
    }
    for index in scalars.indices {
      guard let mark = Footnote.marker(scalars[index]) else { continue }
      name(upTo: index)
      start = index + 1
      let before = index > scalars.startIndex && scalars[index - 1].isBlank
      let after = index + 1 < scalars.endIndex && scalars[index + 1].isBlank
      items.append(.sign(mark, spaceBefore: before, spaceAfter: after))
    }
    name(upTo: scalars.endIndex)
    return items
  }

  private static func roles(of items: [Item]) -> [Role] {
    var roles: [Role] = []
    var between: [Item] = []
    for item in items {
      guard case .name(let name) = item else {
        between.append(item)
        continue
      }
      var role = Role(name: name, markers: [])
      if roles.isEmpty {
        role.markers = between.compactMap(\.mark)
      } else {
        let conjunction = conjunction(among: between)
        let mine = conjunction.map { between[..<$0] } ?? between[...]
        roles[roles.count - 1].markers += mine.compactMap(\.mark)
        if let conjunction { role.markers = between[(conjunction + 1)...].compactMap(\.mark) }
      }
      between = []
      roles.append(role)
    }
    if !roles.isEmpty { roles[roles.count - 1].markers += between.compactMap(\.mark) }
    return roles
  }

  private static func conjunction(among signs: [Item]) -> Int? {
    let pluses = signs.indices.filter { signs[$0].mark == "+" }
    func spaces(_ index: Int) -> (before: Bool, after: Bool) {
      if case .sign(_, let before, let after) = signs[index] {
        (before, after)
      } else {
        (false, false)
      }
    }
    if let alone = pluses.first(where: { spaces($0).before && spaces($0).after }) { return alone }
    if let only = pluses.first, signs.count == 1 {
      return !spaces(only).before && spaces(only).after ? nil : only
    }
    return pluses.last { $0 > 0 } ?? pluses.last
  }
}

extension ArraySlice<Unicode.Scalar> {
  /// The text without white space at its ends.
  var text: String { String(String.UnicodeScalarView(self)).trimmedOfBlanks }
}
