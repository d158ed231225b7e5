/// A diagram of objects and lines between them, as REFI-QDA has graphs.
public struct Graph: Identified, Hashable, Codable {
  /// The graph's id.
  public let id: ID<Graph>
  /// The name.
  public var name: String
  /// The figures, in order.
  public var vertices: [Vertex]
  /// The lines between them, in order.
  public var lines: [Line]

  /// Creates a graph.
  public init(id: ID<Graph>, name: String = "", vertices: [Vertex] = [], lines: [Line] = []) {
    self.id = id
    self.name = name
    self.vertices = vertices
    self.lines = lines
  }

  /// A figure of a graph.
  public struct Vertex: Identified, Hashable, Codable {
    /// The outlines that REFI-QDA knows.
    public enum Shape: String, Hashable, Sendable, Codable, CaseIterable {
      /// A person.
      case person = "Person"
      /// An oval.
      case oval = "Oval"
      /// A rectangle.
      case rectangle = "Rectangle"
      /// A rectangle with rounded corners.
      case roundedRectangle = "RoundedRectangle"
      /// A star.
      case star = "Star"
      /// A triangle that points left.
      case leftTriangle = "LeftTriangle"
      /// A triangle that points right.
      case rightTriangle = "RightTriangle"
      /// A triangle that points up.
      case upTriangle = "UpTriangle"
      /// A triangle that points down.
      case downTriangle = "DownTriangle"
      /// A sheet of paper.
      case note = "Note"
    }

    /// The figure's id.
    public let id: ID<Vertex>
    /// The object that it stands for, if any.
    public var represents: Reference?
    /// The name.
    public var name: String
    /// The upper left corner, in the units of the tool that drew it.
    public var origin: Point
    /// The lower right corner, if it has a size.
    public var extent: Point?
    /// The outline, if one is said.
    public var shape: Shape?
    /// Its colour as `#rrggbb`, if it has one.
    public var color: String?

    /// Creates a figure.
    public init(
      id: ID<Vertex>, represents: Reference? = nil, name: String = "", origin: Point,
      extent: Point? = nil, shape: Shape? = nil, color: String? = nil
    ) {
      self.id = id
      self.represents = represents
      self.name = name
      self.origin = origin
      self.extent = extent
      self.shape = shape
      self.color = color
    }
  }

  /// A line between two figures.
  public struct Line: Identified, Hashable, Codable {
    /// How a line is drawn.
    public enum Style: String, Hashable, Sendable, Codable, CaseIterable {
      /// Dots.
      case dotted
      /// Dashes.
      case dashed
      /// Unbroken.
      case solid
    }

    /// The line's id.
    public let id: ID<Line>
    /// The object that it stands for, if any.
    public var represents: Reference?
    /// The name.
    public var name: String
    /// The figure it starts from.
    public var from: ID<Vertex>
    /// The figure it leads to.
    public var to: ID<Vertex>
    /// Which way it reads, if that is said.
    public var direction: LinkDirection?
    /// How it is drawn, if that is said.
    public var style: Style?
    /// Its colour as `#rrggbb`, if it has one.
    public var color: String?

    /// Creates a line.
    public init(
      id: ID<Line>, represents: Reference? = nil, name: String = "", from: ID<Vertex>,
      to: ID<Vertex>, direction: LinkDirection? = nil, style: Style? = nil, color: String? = nil
    ) {
      self.id = id
      self.represents = represents
      self.name = name
      self.from = from
      self.to = to
      self.direction = direction
      self.style = style
      self.color = color
    }
  }
}

/// A place in a picture, on a page or in a diagram.
public struct Point: Hashable, Sendable, Codable {
  /// The distance from the left.
  public var x: Int
  /// The distance from the top, or from the bottom of a PDF's page.
  public var y: Int

  /// Creates a point.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}
