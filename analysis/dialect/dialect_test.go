package dialect

import "testing"

func TestNames(t *testing.T) {
	for i, d := range All() {
		if name := Names()[i]; d.Name != name || Named(name).Name != name {
			t.Errorf("the table of %s is named %s", name, d.Name)
		}
	}
	if d := Named("make"); d != nil {
		t.Errorf("there is a table of no dialect: %s", d.Name)
	}
}
