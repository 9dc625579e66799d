package report

import "fmt"

// concise writes one line for each finding: path:line:column: severity: message [rule].
func (r *reporter) concise() error {
	for _, d := range r.result.Diagnostics {
		_, err := fmt.Fprintf(r.out, "%s: %s: %s [%s]\n",
			r.position(d.Location), d.Severity, printable(d.Message), printable(d.Rule))
		if err != nil {
			return err
		}
	}
	return nil
}
