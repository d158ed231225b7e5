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

// The parser's messages about its converters go past the handlers of errors, to standard error. The
// handler for those takes a variable number of arguments, which cannot be written in Swift.
static void qda_xml_say_nothing(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

static inline void qda_xml_silence(void) { xmlSetGenericErrorFunc(NULL, qda_xml_say_nothing); }
