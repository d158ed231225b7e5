internal import QDACore

/// Goes through a document and does nothing with it, which is what reading one cannot go below.
package enum XMLTraversal {
  /// The number of elements of a document.
  ///
  /// - Throws: ``ReadingError`` where it is not well-formed.
  package static func elementCount(contentsOf path: String) throws -> Int {
    let counter = Counter()
    var parser = XMLParser(
      counter, vocabulary: RefiName.vocabulary, file: path, part: path, depth: 1024)
    try FileReading.pieces(ofFile: path) { (piece: Span<UInt8>) throws(ReadingError) in
      try parser.parse(piece)
    }
    try parser.finish()
    return counter.count
  }

  private final class Counter: XMLHandler {
    var count = 0
    override func start(_ element: borrowing XMLStart) { count += 1 }
  }
}
