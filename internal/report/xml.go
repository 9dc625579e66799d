package report

import (
	"encoding/xml"
	"fmt"
)

// writeXML writes a document, without what a terminal may obey. Characters that XML cannot hold become U+FFFD.
func (r *reporter) writeXML(root any) error {
	if _, err := r.out.WriteString(xml.Header); err != nil {
		return err
	}
	text, err := xml.MarshalIndent(root, "", "  ")
	if err != nil {
		return err
	}
	escape := func(r rune) string { return fmt.Sprintf("&#x%x;", r) }
	_, err = r.out.WriteString(escapeUnprintable(string(text), escape) + "\n")
	return err
}
