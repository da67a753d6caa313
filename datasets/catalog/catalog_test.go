package catalog

import (
	"encoding/hex"
	"net"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var netDNSError = net.DNSError{Err: "no such host", Name: "makers.test", IsNotFound: true}

func TestCatalogue(t *testing.T) {
	names := make(map[string]bool)
	for _, s := range Sets() {
		if s.Name == "" || s.Title == "" || s.About == "" || s.Makers == "" || s.Page == "" || s.Licence == "" || names[s.Name] {
			t.Errorf("%+v: something is missing, or there twice", s)
		}
		names[s.Name] = true
		if found, ok := Find(s.Name); !ok || found.Title != s.Title {
			t.Errorf("%s is not found", s.Name)
		}
		if !slices.ContainsFunc(s.Files, func(f File) bool { return f.Name() == s.Opens }) {
			t.Errorf("%s: %s is none of its files", s.Name, s.Opens)
		}
		for _, f := range s.Files {
			u, err := url.Parse(f.URL)
			sum, sumErr := hex.DecodeString(f.SHA256)
			if err != nil || u.Host == "" || sumErr != nil || len(sum) != 32 || f.Size <= 0 {
				t.Errorf("%s: %+v", s.Name, f)
			}
			if s.Domain != "" && u.Hostname() != s.Domain && !strings.HasSuffix(u.Hostname(), "."+s.Domain) {
				t.Errorf("%s: %s does not lie in %s", s.Name, f.URL, s.Domain)
			}
		}
	}
	if _, ok := Find("nothing"); ok {
		t.Error("nothing is found")
	}
}

// The catalogue needs the standard library only, and opens no set.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if strings.Contains(path, ".") || strings.HasPrefix(path, "ganvas/") {
			t.Errorf("catalog imports %s", path)
		}
	}
}
