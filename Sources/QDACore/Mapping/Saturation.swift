/// How many new codes each case brings, and from where on hardly any.
///
/// Guest, Namey & Chen 2020, doi:10.1371/journal.pone.0232076: the codes of the first cases are the base;
/// after it the new codes of each run of cases are set against it. Runs follow each other case by case, so
/// that they overlap, unless they are asked for end to end.
public struct Saturation: Hashable, Sendable, Codable {
  /// A run of cases after the base.
  public struct Run: Hashable, Sendable, Codable {
    /// The number of its first case, counted from 1.
    public var first: Int
    /// The number of its last case.
    public var last: Int
    /// The codes that nobody before the run has.
    public var new: Int
    /// How many percent of the codes of the base that is.
    public var percent: Double
  }

  /// How saturation is measured.
  public struct Measure: Hashable, Sendable, Codable {
    /// How many cases are the base.
    public var base: Int
    /// How many cases are a run.
    public var run: Int
    /// The greatest share of new codes in a run that counts as none, in percent.
    public var threshold: Double
    /// Whether each run begins one case after the one before, rather than behind it.
    public var overlaps: Bool

    /// Creates a measure; its numbers are at least 1.
    public init(base: Int = 4, run: Int = 2, threshold: Double = 5, overlaps: Bool = true) {
      self.base = max(1, base)
      self.run = max(1, run)
      self.threshold = threshold
      self.overlaps = overlaps
    }
  }

  /// The measure.
  public var measure: Measure
  /// For each case in order, how many codes it is the first to have.
  public var novel: [Int]
  /// For each case in order, how many codes it and those before have.
  public var cumulative: [Int]
  /// The codes of the base.
  public var baseCodes: Int
  /// The runs after the base.
  public var runs: [Run]
  /// The number of cases before the first run that brings hardly anything new; `nil` where none does.
  public var reached: Int?

  /// Measures a list of cases, each as the codes that it has.
  public init<Element: Hashable>(of cases: [Set<Element>], measure: Measure = Measure()) {
    var seen: Set<Element> = []
    let novel = cases.map { codes in
      let before = seen.count
      seen.formUnion(codes)
      return seen.count - before
    }
    self.init(novel: novel, measure: measure)
  }

  /// Measures a list of cases by how many codes each is the first to have.
  fileprivate init(novel: [Int], measure: Measure) {
    self.measure = measure
    self.novel = novel
    var total = 0
    cumulative = novel.map { new in
      total += new
      return total
    }
    baseCodes = cumulative.isEmpty ? 0 : cumulative[min(measure.base, cumulative.count) - 1]
    var runs: [Run] = []
    var first = measure.base
    while first + measure.run <= novel.count {
      let new = novel[first..<first + measure.run].reduce(0, +)
      runs.append(
        Run(
          first: first + 1, last: first + measure.run, new: new,
          percent: baseCodes == 0 ? 0 : Double(new) * 100 / Double(baseCodes)))
      first += measure.overlaps ? 1 : measure.run
    }
    self.runs = runs
    reached = runs.first { $0.percent <= measure.threshold }.map { $0.first - 1 }
  }
}

/// Saturation over the cases of a study, with how much it depends on their order.
public struct StudySaturation: Hashable, Sendable, Codable {
  /// The cases in the order that was taken; those without a coding are left out.
  public var order: [ID<Case>]
  /// The cases that were left out because nothing of theirs is coded, in the order that was asked for.
  public var leftOut: [ID<Case>]
  /// The measure in this order.
  public var saturation: Saturation
  /// In how many orders it is reached: one that begins with each case and goes on from there, so that
  /// the order that was taken is among them.
  public var reachedIn: Int
  /// The fewest and the most cases before it is reached, in those orders; `nil` where it never is.
  public var range: ClosedRange<Int>?

  /// Whether there is a run of cases after the base; without one, nothing can be said.
  public var isTestable: Bool { !saturation.runs.isEmpty }
}

extension Project {
  /// How soon the cases bring no new codes, in an order and in all that begin elsewhere in it.
  ///
  /// - Parameter order: The cases; without them the rows of the study's charts, in their order.
  /// - Complexity: O(*n* · (*n* + *c*)) for *n* cases and *c* codes.
  public func saturation(
    of order: [ID<Case>]? = nil, measure: Saturation.Measure = Saturation.Measure(),
    matrix given: CodingMatrix? = nil
  ) -> StudySaturation {
    let matrix = given ?? CodingMatrix(self)
    let asked = (order ?? rows.map(\.id)).map { one in
      (one, Set(matrix.codes(of: one).map(\.code)))
    }
    let coded = asked.filter { !$0.1.isEmpty }
    let sets = coded.map(\.1)
    var reached: [Int] = []
    // Going back from the last, the case that is the first to have a code changes only where one has it.
    var first: [ID<Code>: Int] = [:]
    for (position, codes) in sets.enumerated().reversed() {
      for code in codes { first[code] = position + sets.count }
    }
    for start in sets.indices.reversed() {
      for code in sets[start] { first[code] = start }
      var novel = [Int](repeating: 0, count: sets.count)
      for position in first.values { novel[position - start] += 1 }
      if let one = Saturation(novel: novel, measure: measure).reached { reached.append(one) }
    }
    var range: ClosedRange<Int>?
    if let least = reached.min(), let most = reached.max() { range = least...most }
    return StudySaturation(
      order: coded.map(\.0), leftOut: asked.filter(\.1.isEmpty).map(\.0),
      saturation: Saturation(of: sets, measure: measure),
      reachedIn: reached.count, range: range)
  }
}
