@_exported public import QDACore
@_exported public import QDAInterchange
@_exported public import QDAReports
