/// A participant as a table describes them.
public struct Participant: Hashable, Sendable {
  /// The participant's id in the study's plain spelling, such as `P17`.
  public var label: ParticipantLabel
  /// The id as the row has it.
  public var id: WrittenText
  /// The organisation, if the table says one.
  public var organisation: String?
  /// The roles as a set, in the order of the vocabulary.
  public var roles: [String]
  /// The gender as written, if the table says it.
  public var gender: String?
  /// The age, if the table has a column for it.
  public var age: ParticipantAge?
  /// What other columns say, in their order, by the column's name.
  public var others: [Field]

  /// A value of a column that has no meaning of its own here.
  public struct Field: Hashable, Sendable {
    /// The column's name.
    public var name: String
    /// The value as written.
    public var value: String

    /// Creates a value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}

/// The age of a participant: what was written and what it means.
public struct ParticipantAge: Hashable, Sendable {
  /// The cell as written.
  public var raw: String
  /// What it says.
  public var reading: AgeReading

  /// Creates an age.
  public init(raw: String, reading: AgeReading) {
    self.raw = raw
    self.reading = reading
  }

  /// The band, or `nil` where the cell says none that can be used.
  public var band: AgeBand? { if case .band(let band) = reading { band } else { nil } }
}

/// A row of a participant table before it is understood; any layout can make one.
public struct ParticipantRow: Hashable, Sendable {
  /// The id.
  public var id: WrittenText
  /// A cell that names the organisation and the roles, as `TSO—Crisis*`.
  public var organisationAndRoles: WrittenText?
  /// A cell that names the organisation only.
  public var organisation: WrittenText?
  /// A cell that names roles only.
  public var roles: WrittenText?
  /// The gender.
  public var gender: WrittenText?
  /// The age or age band.
  public var age: WrittenText?
  /// Other columns.
  public var others: [Participant.Field]

  /// Creates a row.
  public init(
    id: WrittenText, organisationAndRoles: WrittenText? = nil, organisation: WrittenText? = nil,
    roles: WrittenText? = nil, gender: WrittenText? = nil, age: WrittenText? = nil,
    others: [Participant.Field] = []
  ) {
    self.id = id
    self.organisationAndRoles = organisationAndRoles
    self.organisation = organisation
    self.roles = roles
    self.gender = gender
    self.age = age
    self.others = others
  }

  /// The cell that holds roles, alone or with the organisation.
  var roleCell: WrittenText? { organisationAndRoles ?? roles }
}
