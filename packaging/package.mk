# Packages for those who download Ganvas. docs/packaging.md says what they contain and how they are signed.

VERSION := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
# Where releases are, which the program names and never connects to, and who answers for them. What somebody builds without saying so
# is a build of theirs: nobody answers at its address.
RELEASES ?=
MAINTAINER ?=
CONTACT := $(or $(MAINTAINER),Local build <nobody@localhost>)

NFPM := v2.45.2
WINRES := v0.3.3

DIST := dist
# Emoji in names are drawn with the system's font: the one that Fyne brings weighs 4 MB.
RELEASE_TAGS := $(TAGS),no_emoji,nethttpomithttp2
RELEASE_LDFLAGS := -s -w -X main.releases=$(RELEASES)
RELEASE_BUILD := go build -trimpath -tags $(RELEASE_TAGS)
DESKTOP := io.ganvas.Ganvas
MINGW := x86_64-w64-mingw32-
SYSTEM := $(shell uname -s)

.PHONY: package package-linux package-windows package-macos package-test package-test-linux package-test-windows package-test-macos licences
.PHONY: package-try-linux package-try-windows package-answered package-linux-tree package-windows-tree package-sums package-notes

$(TOOLS)/nfpm-$(NFPM)/nfpm:
	GOBIN=$(@D) go install github.com/goreleaser/nfpm/v2/cmd/nfpm@$(NFPM)

$(TOOLS)/go-winres-$(WINRES)/go-winres:
	GOBIN=$(@D) go install github.com/tc-hib/go-winres@$(WINRES)

# What a system can make: Linux makes Windows' packages too, and the parts of macOS's that need no Mac.
package: $(if $(filter Linux,$(SYSTEM)),package-linux package-windows package-macos,$(if $(filter Darwin,$(SYSTEM)),package-macos,package-windows)) ## packages for those who download: into dist
	@$(MAKE) --no-print-directory package-sums package-notes

# What a release shows: sums of all packages in dist, and the part of CHANGELOG.md for this version.
package-sums:
	@cd $(DIST) && if command -v sha256sum >/dev/null; then sha256sum ganvas[-_]*; else shasum -a 256 ganvas[-_]*; fi >SHA256SUMS && cat SHA256SUMS && wc -c ganvas[-_]*

package-notes:
	@sed -n '/^## $(VERSION)\b/,/^## /{/^## /d;p;}' CHANGELOG.md >$(DIST)/NOTES.md && grep -q . $(DIST)/NOTES.md

package-test: $(if $(filter Linux,$(SYSTEM)),package-test-linux package-test-windows package-test-macos,$(if $(filter Darwin,$(SYSTEM)),package-test-macos)) ## installs the packages, opens a project by double click, removes them; pictures into dist/test

licences: ## lists everything that the program contains, with its terms, anew
	go run ./packaging/licences packaging/licences.txt

# One folder for the .deb and the .tar.xz. Dates are those of the last change, so that the same sources make the same packages.
LINUX := $(DIST)/linux
TREE := $(LINUX)/tree/usr
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH

# A release names somebody who answers for it.
package-answered:
	@test -z '$(RELEASES)' || [[ '$(MAINTAINER)' == *?' <'?*@?*.?*'>' ]] || { echo "make: a release needs MAINTAINER='NAME <ADDRESS>', somebody who answers for it" >&2; exit 1; }

package-linux-tree: packages package-answered
	@packaging/tools linux
	@rm -rf $(LINUX)
	@mkdir -p $(TREE)/bin $(TREE)/share/{applications,metainfo,mime/packages,man/man1,doc/ganvas,icons/hicolor}
	$(RELEASE_BUILD) -ldflags '$(RELEASE_LDFLAGS)' -o $(TREE)/bin/ganvas .
	go run ./packaging/icons icon.png $(LINUX)/icons
	cp -r $(LINUX)/icons/*x* $(TREE)/share/icons/hicolor/
	cp packaging/linux/$(DESKTOP).desktop $(TREE)/share/applications/
	cp packaging/linux/$(DESKTOP).xml $(TREE)/share/mime/packages/
	cp packaging/linux/$(DESKTOP).metainfo.xml $(TREE)/share/metainfo/
	gzip -9n <packaging/linux/ganvas.1 >$(TREE)/share/man/man1/ganvas.1.gz
	gzip -9n <CHANGELOG.md >$(TREE)/share/doc/ganvas/CHANGELOG.md.gz
	packaging/linux/changelog '$(VERSION)' '$(CONTACT)' | gzip -9n >$(TREE)/share/doc/ganvas/changelog.gz
	cp packaging/licences.txt $(TREE)/share/doc/ganvas/
	packaging/linux/copyright >$(TREE)/share/doc/ganvas/copyright
	find $(LINUX)/tree -type d -exec chmod 755 {} + && find $(LINUX)/tree -type f -exec chmod 644 {} + && chmod 755 $(TREE)/bin/ganvas

DEB := $(DIST)/ganvas_$(VERSION)_amd64.deb
TARXZ := $(DIST)/ganvas-$(VERSION)-linux-amd64.tar.xz

package-linux: package-linux-tree $(TOOLS)/nfpm-$(NFPM)/nfpm ## the .deb and the .tar.xz
	glibc=$$(objdump -T $(TREE)/bin/ganvas | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -Vu | tail -1); \
	sed -e 's|\$${VERSION}|$(VERSION)|; s|\$${TREE}|$(LINUX)/tree|; s|\$${MAINTAINER}|$(CONTACT)|' -e "s|\$${GLIBC}|$$glibc|" packaging/linux/nfpm.yaml >$(LINUX)/nfpm.yaml
	$(TOOLS)/nfpm-$(NFPM)/nfpm package --config $(LINUX)/nfpm.yaml --packager deb --target $(DEB)
	packaging/linux/recompress $(DEB)
	packaging/linux/archive $(TREE) $(VERSION) $(TARXZ)

WINDOWS := $(DIST)/windows
WINTREE := $(WINDOWS)/ganvas
ZIP := $(DIST)/ganvas-$(VERSION)-windows-amd64.zip
SETUP := $(DIST)/ganvas-$(VERSION)-windows-amd64-setup.exe

# The C of the window library takes very long with debug information, which is not linked anyway. Outside of Windows mingw-w64 builds.
WINDOWS_ENV := CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CGO_CFLAGS='-O1 -g0' $(if $(filter Windows_NT,$(OS)),,CC=$(MINGW)gcc)
WINDOWS_CC := $(if $(filter Windows_NT,$(OS)),,$(MINGW))gcc
WINDOWS_RES := rsrc_windows_amd64.syso

package-windows-tree: $(TOOLS)/go-winres-$(WINRES)/go-winres
	@packaging/tools windows
	@rm -rf $(WINDOWS) && mkdir -p $(WINTREE)
	go run ./packaging/icons icon.png $(WINDOWS)/icons
	$(TOOLS)/go-winres-$(WINRES)/go-winres make --in packaging/windows/winres.json --arch amd64 --out rsrc --product-version $(VERSION) --file-version $(VERSION)
	trap 'rm -f $(WINDOWS_RES)' EXIT; $(WINDOWS_ENV) $(RELEASE_BUILD) -ldflags '$(RELEASE_LDFLAGS) -H=windowsgui' -o $(WINTREE)/Ganvas.exe .
	$(WINDOWS_CC) -Os -s -municode -Wall -Wextra -Werror -o $(WINTREE)/ganvas.com packaging/windows/console.c
	cp packaging/licences.txt $(WINTREE)/licences.txt
	cp packaging/windows/README.txt $(WINTREE)/README.txt

package-windows: package-windows-tree ## the .zip and the installer for Windows
	rm -f $(ZIP) && cd $(WINDOWS) && 7z a -tzip -mx=9 -mfb=258 -mpass=4 -mtc=off -bso0 -bsp0 ../../$(ZIP) ganvas
	makensis -V2 $(if $(filter Linux,$(SYSTEM)),-DTARGET=amd64-unicode) -DVERSION=$(VERSION) -DTREE=$(CURDIR)/$(WINTREE) -DICON=$(CURDIR)/$(WINDOWS)/icons/ganvas.ico -DOUT=$(CURDIR)/$(SETUP) packaging/windows/installer.nsi

MACOS := $(DIST)/macos
APP := $(MACOS)/Ganvas.app

package-macos: ## Ganvas.app; where there is no Mac, all of it but the program
	@rm -rf $(MACOS) && mkdir -p $(APP)/Contents/{MacOS,Resources}
	sed 's|@VERSION@|$(VERSION)|g' packaging/macos/Info.plist >$(APP)/Contents/Info.plist
	go run ./packaging/icons icon.png $(MACOS)/icons
	cp $(MACOS)/icons/ganvas.icns $(APP)/Contents/Resources/
	cp packaging/licences.txt $(APP)/Contents/Resources/
	printf 'APPL????' >$(APP)/Contents/PkgInfo
ifeq ($(SYSTEM),Darwin)
	for arch in amd64 arm64; do \
		CGO_ENABLED=1 GOOS=darwin GOARCH=$$arch MACOSX_DEPLOYMENT_TARGET=11.0 CGO_CFLAGS='-O2 -g0 -mmacosx-version-min=11.0' CGO_LDFLAGS=-mmacosx-version-min=11.0 \
		$(RELEASE_BUILD) -ldflags '$(RELEASE_LDFLAGS)' -o $(MACOS)/ganvas-$$arch .; done
	lipo -create -output $(APP)/Contents/MacOS/ganvas $(MACOS)/ganvas-amd64 $(MACOS)/ganvas-arm64
	codesign --force --deep --sign "$${CODESIGN_IDENTITY:--}" $${CODESIGN_IDENTITY:+--options runtime --timestamp} $(APP)
	ditto -c -k --keepParent $(APP) $(DIST)/ganvas-$(VERSION)-macos.zip
endif

package-test-linux: package-linux
	@$(MAKE) --no-print-directory package-try-linux

# What is in dist is tried as it is: in a release others have made it.
package-try-linux:
	packaging/linux/test $(DEB) $(TARXZ) $(DIST)/test

package-test-windows: package-windows
	@$(MAKE) --no-print-directory package-try-windows

package-try-windows:
	packaging/windows/test $(WINTREE) $(ZIP) $(SETUP) $(DIST)/test

package-test-macos: package-macos
	packaging/macos/test $(APP)
