; Installs Ganvas for whoever runs this, without administrator. /S does it silently, /D=FOLDER elsewhere.
; Defines: VERSION, TREE (folder with the files), ICON, OUT, and TARGET where this NSIS makes 64-bit installers.
Unicode true
!ifdef TARGET
Target ${TARGET}
!endif
SetCompressor /SOLID lzma
SetCompressorDictSize 64
!include MUI2.nsh
!include x64.nsh
!include FileFunc.nsh

!define ID "io.ganvas.Ganvas"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Ganvas"

Name "Ganvas"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Ganvas"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
ManifestDPIAware true
ManifestSupportedOS all
BrandingText "Ganvas ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Ganvas"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Ganvas Setup"
VIAddVersionKey CompanyName "The Ganvas authors"
VIAddVersionKey LegalCopyright "The Ganvas authors, BSD-3-Clause"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Ganvas.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "Ganvas needs a 64-bit Windows." /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

; A running program cannot be replaced or removed.
!macro Closed PREFIX
Function ${PREFIX}Closed
  ${If} ${FileExists} "$INSTDIR\Ganvas.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\Ganvas.exe" a
    ${If} ${Errors}
      MessageBox MB_ICONSTOP "Ganvas is running. Close its window first." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro Closed ""
!insertmacro Closed "un."

!macro RefreshShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  Call Closed
  SetOutPath "$INSTDIR"
  File "${TREE}\Ganvas.exe"
  File "${TREE}\ganvas.com"
  File "${TREE}\licences.txt"
  File "${TREE}\README.txt"
  WriteUninstaller "$INSTDIR\Uninstall.exe"

  SetOutPath "$PROFILE" ; where the commands begin
  CreateDirectory "$SMPROGRAMS\Ganvas"
  CreateShortCut "$SMPROGRAMS\Ganvas\Ganvas.lnk" "$INSTDIR\Ganvas.exe"
  CreateShortCut "$SMPROGRAMS\Ganvas\Ganvas commands.lnk" "$SYSDIR\cmd.exe" '/K "set "PATH=$INSTDIR;%PATH%" && ganvas help"' "$INSTDIR\Ganvas.exe"

  WriteRegStr HKCU "Software\Classes\.ganvas" "" "${ID}"
  WriteRegStr HKCU "Software\Classes\.ganvas" "Content Type" "application/x-ganvas"
  WriteRegStr HKCU "Software\Classes\${ID}" "" "Ganvas project"
  WriteRegStr HKCU "Software\Classes\${ID}\DefaultIcon" "" "$INSTDIR\Ganvas.exe,0"
  WriteRegStr HKCU "Software\Classes\${ID}\shell\open\command" "" '"$INSTDIR\Ganvas.exe" "%1"'
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\ganvas.exe" "" "$INSTDIR\Ganvas.exe"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Ganvas"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Ganvas.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Ganvas authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  !insertmacro RefreshShell
SectionEnd

; Projects, settings and whatever else the person made or put into the folder stay.
Section Uninstall
  Call un.Closed
  Delete "$INSTDIR\Ganvas.exe"
  Delete "$INSTDIR\ganvas.com"
  Delete "$INSTDIR\licences.txt"
  Delete "$INSTDIR\README.txt"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Ganvas\Ganvas.lnk"
  Delete "$SMPROGRAMS\Ganvas\Ganvas commands.lnk"
  RMDir "$SMPROGRAMS\Ganvas"

  ; What the window library keeps; settings and drafts of Ganvas are elsewhere.
  RMDir /r "$LOCALAPPDATA\fyne\${ID}"
  RMDir "$LOCALAPPDATA\fyne"
  RMDir /r "$APPDATA\fyne\${ID}"
  RMDir "$APPDATA\fyne"

  ReadRegStr $0 HKCU "Software\Classes\.ganvas" ""
  ${If} $0 == "${ID}"
    DeleteRegKey HKCU "Software\Classes\.ganvas"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${ID}"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\ganvas.exe"
  DeleteRegKey HKCU "${UNINSTALL}"
  !insertmacro RefreshShell
SectionEnd
