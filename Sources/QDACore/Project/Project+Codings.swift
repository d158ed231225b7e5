extension Project {
  /// Which codes a question about one code is about.
  public enum Breadth: Sendable {
    /// The code alone.
    case codeOnly
    /// The code and all below it.
    case descendants
  }

  /// The codings with a code, by source and then in the order of the text, code after code.
  ///
  /// Rejected codings are left out, and so are proposed ones, which nobody has accepted yet.
  public func codings(of code: ID<Code>, including breadth: Breadth = .codeOnly) -> [Coding] {
    var codes = [code]
    if breadth == .descendants { codes += codebook.descendants(of: code).map(\.id) }
    return codes.flatMap { codings.codings(of: $0) }.filter { $0.status == .accepted }
  }

  /// The codings of a case's words with a code, in the order of the text.
  public func codings(
    of code: ID<Code>, by one: ID<Case>, using attribution: Attribution
  ) -> [Coding] {
    codings(of: code).filter { coding in
      codings[coding.passage].map { attribution.cases(of: $0).contains(one) } ?? false
    }
  }
}
