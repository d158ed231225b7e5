// Some builds of libxml2 include ICU's headers, whose enums clash with those of Foundation's own ICU.
// Nothing here uses them; without the macro they are left out.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
