package report

import "encoding/xml"

// writeXML writes a document. Characters that XML cannot hold become U+FFFD.
func (r *reporter) writeXML(root any) error {
	if _, err := r.out.WriteString(xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(r.out)
	e.Indent("", "  ")
	if err := e.Encode(root); err != nil {
		return err
	}
	_, err := r.out.WriteString("\n")
	return err
}
