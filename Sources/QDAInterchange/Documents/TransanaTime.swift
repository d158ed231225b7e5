extension RichDocumentBuilder {
  /// Whether hidden text goes on with a time of Transana: `¤` stands in the text, and the milliseconds
  /// after it, as in `<12000>`, are hidden from the eye but not from a reader.
  func continuesTime(_ hidden: String) -> Bool {
    let tail = document.text.unicodeScalars.suffix(12)
    guard let sign = tail.lastIndex(of: "¤") else { return false }
    var time = tail[tail.index(after: sign)...].map { $0 } + hidden.unicodeScalars
    guard time.first == "<" else { return false }
    time.removeFirst()
    if time.last == ">" { time.removeLast() }
    return time.allSatisfy(\.isASCIIDigit)
  }
}
