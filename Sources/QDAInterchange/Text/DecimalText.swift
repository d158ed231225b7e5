extension String {
  /// Whether this is a decimal number in digits, with a sign and a full stop at most.
  var isDecimal: Bool {
    let body = hasPrefix("-") || hasPrefix("+") ? dropFirst() : self[...]
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
